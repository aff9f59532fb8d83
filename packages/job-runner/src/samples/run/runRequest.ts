import { SqlStatement } from '@skein/mapping-rewriter';
import { Transpile } from '../sql/toDuckDb';
import { SampleAnswer, sampleLimits, SampleRequest } from '../types';
import { Warehouse } from '../warehouse/Warehouse';
import { compareSides, StatementPair } from './compareSides';
import { ProjectSide, SideText } from './ProjectSide';
import { SampleTables } from './SampleTables';
import { RunTools, ScriptRun } from './ScriptRun';

/**
 * Runs what a request asks for, and says of each statement what came of it.
 *
 * @returns why not all of it was run
 */
export async function runRequest(
  request: SampleRequest,
  transpile: Transpile,
  emit: (answer: SampleAnswer) => void,
): Promise<string | undefined> {
  const warehouses = [await Warehouse.open(), await Warehouse.open()];
  let made = 0;
  const tools: RunTools = {
    request,
    warehouses,
    transpile,
    samples: new SampleTables(request),
    newName() {
      made += 1;
      return `skein_made_${made}`;
    },
  };
  try {
    const skip = new Set(request.skip);
    const { files, statements } = sampleLimits;
    const project = readProject(request, emit);
    let left = statements - skip.size;
    for (const pair of pairsOf(project, request, tools)) {
      if (skip.has(pair.name.key)) continue;
      if (left <= 0) return `there are more than ${statements} statements`;
      left -= 1;
      const verdict = await compareSides(pair, tools, emit);
      emit({ type: 'verdict', verdict });
    }
    return project.cut ? `there are more than ${files} files` : undefined;
  } finally {
    warehouses.forEach(warehouse => warehouse.close());
  }
}

/** Stands for the reading of a file, before its statements are known. */
const readKey = (file: string) => `${file}:read`;

/** Both sides of a change, and the files that are looked at. */
interface ReadProject {
  old: ProjectSide;
  now?: ProjectSide;
  paths: string[];
  /** There are more files than are looked at. */
  cut: boolean;
}

function readProject(
  request: SampleRequest,
  emit: (answer: SampleAnswer) => void,
): ReadProject {
  const onRead = (side: 'old' | 'new') => (file: string) =>
    emit({ type: 'start', statement: { key: readKey(file), file }, side });
  const old = new ProjectSide(request.before, request, onRead('old'));
  const now =
    request.after && new ProjectSide(request.after, request, onRead('new'));
  const skip = new Set(request.skip);
  const wanted = now ? changedPaths(old, now) : readingPaths(old, request);
  const paths = wanted
    .filter(path => !skip.has(readKey(path)))
    .slice(0, sampleLimits.files);
  old.read(paths);
  now?.read(paths);
  return { old, now, paths, cut: wanted.length > sampleLimits.files };
}

function* pairsOf(
  { now, old, paths }: ReadProject,
  request: SampleRequest,
  tools: RunTools,
): Generator<StatementPair> {
  for (const path of paths) {
    const texts = new Map(now?.texts(path).map(text => [text.key, text]));
    for (const text of old.texts(path)) {
      const after = now && (texts.get(text.key) ?? 'gone');
      yield* pairsOfText(text, after, { old, now }, request, tools);
    }
  }
}

/** What may read a deprecated dataset: by its name, or as a source or model. */
function readingPaths(side: ProjectSide, request: SampleRequest): string[] {
  return side.paths.filter(
    path =>
      mentions(side, path, request) ||
      /\b(ref|source)\s*\(/.test(side.content(path)!),
  );
}

function mentions(
  side: ProjectSide,
  path: string,
  { datasets }: SampleRequest,
): boolean {
  const content = side.content(path)!.toLowerCase();
  return datasets.some(({ from }) =>
    content.includes(from.split('.').at(-1)!.replace(/\*$/, '').toLowerCase()),
  );
}

/** What changed itself, and what may mean another thing since sources, macros or variables changed. */
function changedPaths(old: ProjectSide, now: ProjectSide): string[] {
  const differs = (path: string) => old.content(path) !== now.content(path);
  const around = [...new Set([...old.paths, ...now.paths])].some(
    path =>
      differs(path) &&
      (/\.ya?ml$/i.test(path) || /\bmacro\b/.test(now.content(path) ?? '')),
  );
  return old.paths.filter(
    path => differs(path) || (around && /\{[{%]/.test(old.content(path) ?? '')),
  );
}

function* pairsOfText(
  text: SideText,
  after: SideText | 'gone' | undefined,
  sides: { old: ProjectSide; now?: ProjectSide },
  request: SampleRequest,
  tools: RunTools,
): Generator<StatementPair> {
  const wanted = new Set(
    request.datasets.map(({ from }) => from.toLowerCase()),
  );
  const before = new ScriptRun(tools, sides.old, text);
  const now =
    sides.now && after && after !== 'gone'
      ? { text: after, script: new ScriptRun(tools, sides.now, after) }
      : undefined;
  const places = now && placesOf(now.text, request);
  for (const [place, statement] of placesOf(text, request)) {
    const other = places?.get(place);
    const isWanted = after
      ? !other || meaningOf(statement) !== meaningOf(other)
      : statement.query?.tables.some(({ dataset }) =>
          wanted.has(dataset.toLowerCase()),
        ) ?? mentions(sides.old, text.file, request);
    if (!isWanted) continue;
    yield {
      name: {
        key: `${text.key}:${place}`,
        file: text.file,
        ...(text.line !== undefined && {
          line: (now?.text.line ?? text.line) + (other ?? statement).line - 1,
        }),
      },
      before: { script: before, statement },
      ...(after && {
        after: now && other ? { script: now.script, statement: other } : 'gone',
      }),
    };
  }
}

/** The statements that give something away, each by what it does and writes, so that others may come between them. */
function placesOf(
  text: SideText,
  { datasets }: SampleRequest,
): Map<string, SqlStatement> {
  const successors = new Map(
    datasets.map(({ from, to }) => [from.toLowerCase(), to.toLowerCase()]),
  );
  const places = new Map<string, SqlStatement>();
  // A text that cannot be read has one place, so that it is said why.
  const statements: SqlStatement[] = text.problem
    ? [{ verb: 'SELECT', line: 1, problem: text.problem }]
    : text.statements;
  for (const statement of statements) {
    const { problem, query, verb, writes } = statement;
    if (!query && !problem) continue;
    const written = writes?.toLowerCase();
    const name = writes
      ? `${verb} ${successors.get(written!) ?? written}`
      : 'SELECT';
    let count = 1;
    while (places.has(`${name} ${count}`)) count += 1;
    places.set(`${name} ${count}`, statement);
  }
  return places;
}

/** What a statement says, by the tables that its names mean. */
function meaningOf({ problem, query, verb }: SqlStatement): string {
  return JSON.stringify([
    verb,
    problem,
    query?.words,
    query?.tables.map(({ dataset }) => dataset),
  ]);
}
