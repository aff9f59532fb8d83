import {
  createFence,
  fenceText,
  inLine,
  markdownTable,
} from '@skein/agent-context';
import { createRedact, extractErrorsInTurns } from '@skein/job-runner';
import { checkMapping, parseMapping } from '@skein/mapping-rewriter';
import {
  defaultGates,
  fitsQueryPath,
  GatesSpec,
} from '@skein/plugin-campaigns-common';
import { cutLine } from '@skein/plugin-campaigns-node';
import { compareDocuments } from '../campaigns/revisions/compareDocuments';
import { parseSampleTable } from '../campaigns/spec/parseSampleTable';
import { codeownersOf, parseCodeowners } from '../codeowners/codeowners';
import { feedbackKey } from '../feedback/feedbackKey';
import { foreignText } from '../feedback/foreignText';
import { oneLine } from '../jobs/oneLine';
import { parsePatch } from '../jobs/patch/parsePatch';
import { normalizeColumnName } from '../lineage/normalizeColumnName';
import { normalizeDatasetName } from '../lineage/normalizeDatasetName';
import { normalizeJobName } from '../lineage/normalizeJobName';
import { Turns } from '../loop/Turns';
import { classifyFailure } from '../publishing/classifyFailure';
import { branchName } from '../publishing/text/branchName';
import { inertText } from '../publishing/text/inertText';
import { code, escapeMarkdown, link } from '../publishing/text/markdown';
import { renderTemplate } from '../publishing/text/renderTemplate';
import { GitError } from '../repositories/git';
import { allowedFiles } from '../review/gates/allowedFiles';
import { Gate, ReviewedFile } from '../review/gates/Gate';
import { lintRules } from '../review/gates/lintRules';
import { protectedFiles } from '../review/gates/protectedFiles';
import { renamesOf } from '../review/gates/renamedOnly';
import { secrets } from '../review/gates/secrets';
import { size } from '../review/gates/size';
import { tests } from '../review/gates/tests/tests';
import { versions } from '../review/gates/versions';
import { columnFindings } from '../review/mapping/columnFindings';
import { datasetWords } from '../review/mapping/datasetWords';
import { toBigQueryType } from '../schemas/toBigQueryType';
import { classifyFile } from '../scope/findings/classifyFile';
import { commentRanges } from '../scope/findings/commentRanges';
import { RetiredNames } from '../scope/findings/RetiredNames';
import { deepestWithin } from '../scope/paths';
import { locateHits } from '../scope/locateHits';
import { checkPattern } from '../search/checkPattern';
import { findLines } from '../search/findLines';
import { directYaml } from './directYaml';

/** Reads a text that somebody else wrote, after it was brought into the form in which it comes. */
export type ForeignReader = (text: string) => () => unknown;

const of =
  (read: (text: string) => unknown): ForeignReader =>
  text =>
  () => {
    try {
      return read(text);
    } catch (error) {
      return (error as Error).message;
    }
  };

const linesOf = (text: string) =>
  text.split('\n').map((each, index) => ({ line: index + 1, text: each }));

/** A file of which each line was changed. */
function changed(path: string, text: string): ReviewedFile {
  const before = text.slice(0, -1);
  return {
    path,
    change: 'modified',
    executable: false,
    modeChanged: false,
    removed: linesOf(before),
    added: linesOf(text),
    before,
    after: text,
  };
}

const gate =
  (each: Gate, path: string): ForeignReader =>
  text =>
    checking(each, changed(path, text));

/** Paths of changes are bounded before a gate sees them. */
const pathGate =
  (each: Gate, spec: Partial<GatesSpec> = {}): ForeignReader =>
  text => {
    const path = `a/${text.replace(/\n|\/+/g, '/').slice(0, 998)}`;
    return checking(each, changed(path, 'a\n'), spec);
  };

function checking(
  each: Gate,
  file: ReviewedFile,
  spec: Partial<GatesSpec> = {},
): () => unknown {
  const input = {
    files: [file],
    spec: { ...defaultGates, ...spec },
    renames: renamesOf([]),
    yaml: directYaml,
    mapping: [],
  };
  return () => each.check(input);
}

const names = RetiredNames.of([
  {
    from: 'acme.users_v1',
    to: 'acme.users_v2',
    schemas: {},
    mapping: { from: 'acme.users_v1', to: 'acme.users_v2', columns: [] },
  },
]);

const classified = (path: string): ForeignReader =>
  of(text =>
    classifyFile(
      { path, text: `users_v1\n${text}\nusers_v1 ` },
      [1],
      [],
      names,
    ),
  );

const mapping = (format: 'csv' | 'python'): ForeignReader =>
  of(text => {
    const { tables } = parseMapping(text, format, { from: 'a.b', to: 'a.c' });
    return checkMapping(tables);
  });

const repository = { host: 'github.com', owner: 'acme', name: 'a' };
const hits: ForeignReader = text => {
  const texts = new Map([['a', text]]);
  const found = linesOf(text)
    .slice(0, 20_000)
    .map(line => ({ repository, path: 'a', line: 0, text: line.text }));
  return () => locateHits(found, texts);
};

const hunk: ForeignReader = text => {
  const added = text.split('\n');
  const patch = [
    'diff --git a/x b/x',
    'index 1..2 100644',
    '--- a/x',
    '+++ b/x',
    `@@ -0,0 +1,${added.length} @@`,
    ...added.map(line => `+${line}`),
    '',
  ].join('\n');
  return () => parsePatch(patch);
};

const folders: ForeignReader = text => {
  const found = linesOf(text)
    .slice(0, 20_000)
    .map(each => ({ path: `${each.text}/${each.line}` }));
  return () => found.map(({ path }) => deepestWithin(`${path}/a.sql`, found));
};

/** As the rewriter finds them in files of a change. */
const columnsRead: ForeignReader = text => {
  const references = linesOf(text)
    .slice(0, 20_000)
    .map(({ line, text: column }) => ({
      file: `a${line % 2000}.sql`,
      access: 'read' as const,
      dataset: line % 2 === 0 ? 'a.old' : 'a.new',
      column,
      confidence: 'certain' as const,
      span: { start: 0, end: 1, line, column: 1 },
    }));
  // A mapping that has a column twice is refused.
  const columns = [...new Set(references.map(({ column }) => column))]
    .slice(0, 2000)
    .map(from => ({ from, to: `${from}_new` }));
  const mappings = [{ from: 'a.old', to: 'a.new', columns }];
  return () => columnFindings(mappings, references, references.slice(1));
};

const redact = createRedact();
const fence = createFence(new Uint8Array(16));
const each = (
  kinds: string[],
  what: string,
  reader: (kind: string) => ForeignReader,
) => Object.fromEntries(kinds.map(kind => [`${what}${kind}`, reader(kind)]));

/** All that the back end reads of others in its own loop, but for YAML. */
export const foreignReaders: Record<string, ForeignReader> = {
  'a mapping in CSV': mapping('csv'),
  'a mapping in Python': mapping('python'),
  'sample rows in CSV': of(text => parseSampleTable(text, 'a.csv')),
  'sample rows in JSON': of(text => parseSampleTable(text, 'a.jsonl')),
  'documents of a context': of(text =>
    compareDocuments(
      [{ name: 'a', language: 'markdown', text }],
      [{ name: 'a', language: 'markdown', text: text.slice(1).toUpperCase() }],
    ),
  ),
  CODEOWNERS: of(text => codeownersOf(parseCodeowners(text), 'a/b/c.sql')),
  'CODEOWNERS of several folders': of(text => {
    const rules = parseCodeowners(text);
    return ['a/b.sql', 'services/x/y.sql', 'a/'.repeat(50)].map(path =>
      codeownersOf(rules, path),
    );
  }),
  'a path in CODEOWNERS': of(text =>
    codeownersOf(parseCodeowners('*a*b*c* @a\n/**/a*/**/b @b'), text),
  ),
  ...each(['sql', 'py', 'yaml', 'scala', 'go', 'ts'], 'comments of .', kind =>
    of(text => commentRanges(`a.${kind}`, text)),
  ),
  ...each(['sql', 'py', 'ts'], 'mentions in .', kind =>
    classified(`a.${kind}`),
  ),
  'hits of a search': hits,
  'a file that is searched': of(text => findLines(text, { query: 'a' }, 20)),
  'a file that is searched for a pattern': of(text =>
    findLines(text, { query: '[a-z]{1,9}[^b]+c', regex: true }, 20),
  ),
  'a pattern of a search': of(text =>
    checkPattern({ query: text.slice(0, 200), regex: true }),
  ),
  'folders of a repository': folders,
  'a line that is found': of(text =>
    cutLine(Buffer.from(text), [{ start: 1, end: text.length }]),
  ),
  'a path that is searched': of(text =>
    fitsQueryPath({ query: 'a', path: 'a/', extensions: ['sql'] }, text),
  ),
  ...each(
    ['ts', 'py', 'java', 'scala', 'go', 'rs', 'sql'],
    'tests in .',
    kind => gate(tests, `tests/a_test.${kind}`),
  ),
  'a Makefile': gate(tests, 'Makefile'),
  'a package.json': gate(tests, 'package.json'),
  'a script that tests': gate(tests, 'run-tests.sh'),
  'rules of linters': gate(lintRules, 'a.ts'),
  'secrets in a change': gate(secrets, 'a.txt'),
  'versions in a build file': gate(versions, 'pom.xml'),
  'an executed file': gate(protectedFiles, 'build.gradle'),
  'a manifest of npm': gate(protectedFiles, 'package.json'),
  'the size of a change': gate(size, 'a.sql'),
  'a path that is allowed': pathGate(allowedFiles, {
    allowedFiles: ['*a*b/**/c*d*', '/a/'],
  }),
  'a path that is protected': pathGate(protectedFiles, {
    allowedProtectedFiles: ['*.a*b'],
  }),
  'a path of a test': pathGate(tests),
  'columns that a change reads': columnsRead,
  'a patch': of(text => parsePatch(`diff --git a/x b/x\n${text}\n`)),
  'a hunk': hunk,
  'a name in a patch': of(text =>
    parsePatch(
      `diff --git "a/${text}" "b/${text}"\nold mode 100644\nnew mode 100755\n`,
    ),
  ),
  'a log of CI': of(text => {
    const turns = new Turns();
    return extractErrorsInTurns(text, () => turns.next());
  }),
  'a text with secrets': of(redact),
  'a text for a prompt': of(text => fenceText(text, fence)),
  'a line for a prompt': of(text => inLine(text, 1e9)),
  'a cell of a table': of(text => markdownTable(['a'], [[text]])),
  'a text for a pull request': of(text => escapeMarkdown(text)),
  'code for a pull request': of(text => code(text)),
  'an address for a pull request': of(text => link('a', `https://a/${text}`)),
  'a text that does nothing': of(text => inertText(text, 10_000)),
  'a template of a pull request': of(text => renderTemplate(text, { a: 'b' })),
  'a name of a branch': of(text => branchName('a', text, text)),
  'what git says': of(text =>
    classifyFailure(
      new GitError('a', { exitCode: 1, stderr: `write access ${text}` }),
    ),
  ),
  'a comment on a pull request': of(text =>
    feedbackKey('reviewer', foreignText(text)),
  ),
  'a line of a job': of(oneLine),
  'names of datasets': of(text =>
    (text.match(/[^]{1,1900}/g) ?? []).map(normalizeDatasetName),
  ),
  'a name of a column': of(normalizeColumnName),
  'a name of a job': of(normalizeJobName),
  'a dataset of a campaign': of(text =>
    datasetWords([{ from: text, to: text, columns: [] }]),
  ),
  'a type of a column': of(text => toBigQueryType(text)),
};
