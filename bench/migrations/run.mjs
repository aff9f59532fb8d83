// Compares the rewriter with word substitution on real migrations.
//
//   yarn workspace @skein/mapping-rewriter build:bin
//   node bench/migrations/run.mjs CHECKOUTS CASES.json [--only N] [--show]
//
// CHECKOUTS holds git repositories (`owner+name/repo`, `owner/name/.git`, ...)
// with the commits of CASES.json. Nothing is written.
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changedPaths, findRepository, listFiles, readFiles } from './git.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const { parse } = createRequire(
  join(here, '../../packages/mapping-rewriter/package.json'),
)('yaml');
const {
  parseMapping,
  checkMapping,
  rewrite,
} = require('../../packages/mapping-rewriter/dist/mapping-rewriter.cjs');

const [folder, casesFile, ...flags] = process.argv.slice(2);
if (!folder || !casesFile) {
  process.stderr.write(
    'usage: run.mjs CHECKOUTS CASES.json [--only N] [--show]\n',
  );
  process.exit(2);
}
const only = flags.includes('--only')
  ? Number(flags[flags.indexOf('--only') + 1])
  : undefined;
const show = flags.includes('--show');
const cases = JSON.parse(readFileSync(casesFile, 'utf8'));
const TEXT = /\.(sql|ya?ml|py|md|json)$/;

const mappings = new Map(
  readdirSync(join(here, 'mappings'))
    .filter(name => name.endsWith('.yaml'))
    .map(name => {
      const text = readFileSync(join(here, 'mappings', name), 'utf8');
      const {
        commit,
        root = '',
        options = {},
        causes = {},
        tables,
      } = parse(text);
      const parsed = parseMapping(JSON.stringify({ tables }), 'yaml');
      const problems = [
        ...parsed.problems,
        ...checkMapping(parsed.tables),
      ].filter(p => p.severity === 'error');
      if (problems.length > 0) {
        throw new Error(`${name}: ${problems.map(p => p.message).join('; ')}`);
      }
      return [commit, { name, root, options, causes, tables: parsed.tables }];
    }),
);

const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Word substitution: every whole word, wherever it stands. */
function substitute(text, pairs) {
  return pairs.reduce(
    (out, [from, to]) =>
      out.replace(
        new RegExp(`(?<![A-Za-z0-9_])${escape(from)}(?![A-Za-z0-9_])`, 'g'),
        () => to,
      ),
    text,
  );
}

/** A text without its white space. */
const tight = text => text.replace(/\s+/g, '');

/** Lines of one text that the other does not have, counted both ways. */
function lineDistance(a, b) {
  const count = new Map();
  a.split('\n').forEach(line => count.set(line, (count.get(line) ?? 0) + 1));
  b.split('\n').forEach(line => count.set(line, (count.get(line) ?? 0) - 1));
  return [...count.values()].reduce((sum, n) => sum + Math.abs(n), 0);
}

const newTally = () => ({ exact: 0, spaced: 0, extra: 0, lines: 0 });
const total = {
  touched: 0,
  words: newTally(),
  ours: newTally(),
  both: 0,
  refused: 0,
  files: 0,
  ms: 0,
};
const byKind = new Map();
const rows = [];

for (const [index, given] of cases.entries()) {
  if (only !== undefined && only !== index) {
    continue;
  }
  const dir = findRepository(folder, given.repository);
  const mapping = mappings.get(given.commit);
  if (!dir || !mapping) {
    process.stderr.write(
      `case ${index}: no ${
        dir ? 'mapping' : `checkout of ${given.repository}`
      }\n`,
    );
    process.exitCode = 1;
    continue;
  }
  const paths = listFiles(dir, given.parent).filter(path => TEXT.test(path));
  const before = readFiles(dir, given.parent, paths);
  const changed = changedPaths(dir, given.parent, given.commit);
  const newPaths = [...changed.values()].filter(path => path !== undefined);
  const after = readFiles(dir, given.commit, newPaths);
  const files = [...before]
    .filter(([path]) => path.startsWith(mapping.root))
    .map(([path, content]) => ({ path, content }));

  const start = process.hrtime.bigint();
  const result = rewrite(files, mapping.tables, {
    leaveNotes: false,
    ...mapping.options,
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  const ours = new Map(result.files.map(file => [file.path, file]));

  const words = newTally();
  const own = newTally();
  let touched = 0;
  let both = 0;
  const details = [];
  const causes = {};
  for (const [path, text] of before) {
    const byWords = substitute(text, given.mapping);
    const byUs = ours.get(path)?.output ?? text;
    const consumer = byWords !== text;
    const goal = changed.has(path) ? after.get(changed.get(path)) : text;
    const isTouched = consumer && goal !== undefined && goal !== text;
    if (isTouched) {
      touched += 1;
      words.exact += byWords === goal;
      own.exact += byUs === goal;
      words.spaced += tight(byWords) === tight(goal);
      own.spaced += tight(byUs) === tight(goal);
      both += byWords === goal && byUs === goal;
      words.lines += lineDistance(byWords, goal);
      own.lines += lineDistance(byUs, goal);
      if (byUs !== goal) {
        const cause =
          mapping.causes[path] ?? mapping.causes['*'] ?? 'not looked at';
        causes[cause] = (causes[cause] ?? 0) + 1;
        details.push({
          path,
          goal,
          byUs,
          why: byWords === goal ? 'words exact' : 'neither',
          cause,
          text,
        });
      }
    } else if (goal === text) {
      words.extra += byWords !== text;
      own.extra += byUs !== text;
      if (byUs !== text) {
        const cause =
          mapping.causes[path] ?? mapping.causes['*'] ?? 'not looked at';
        causes[cause] = (causes[cause] ?? 0) + 1;
        details.push({
          path,
          goal: text,
          byUs,
          why: 'not theirs',
          cause,
          text,
        });
      }
    }
  }
  const refused = result.files.filter(file => file.refusals.length > 0);
  const codes = {};
  refused.forEach(file =>
    new Set(file.refusals.map(r => r.code)).forEach(
      code => (codes[code] = (codes[code] ?? 0) + 1),
    ),
  );
  rows.push({
    index,
    given,
    touched,
    words,
    own,
    refused: refused.length,
    codes,
    causes,
    unproven: result.unproven.length,
    perSecond: Math.round((files.length / ms) * 1000),
  });
  const kind = byKind.get(given.kind) ?? {
    cases: 0,
    touched: 0,
    words: 0,
    both: 0,
    own: 0,
    extra: 0,
    wordsExtra: 0,
  };
  kind.cases += 1;
  kind.touched += touched;
  kind.words += words.exact;
  kind.own += own.exact;
  kind.both += both;
  kind.extra += own.extra;
  kind.wordsExtra += words.extra;
  byKind.set(given.kind, kind);
  total.touched += touched;
  for (const key of ['exact', 'spaced', 'extra', 'lines']) {
    total.words[key] += words[key];
    total.ours[key] += own[key];
  }
  total.both += both;
  total.refused += refused.length;
  total.files += files.length;
  total.ms += ms;

  if (show) {
    const { writeFileSync } = await import('node:fs');
    const { spawnSync } = await import('node:child_process');
    const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
    for (const { path, goal, byUs, why, cause } of details) {
      process.stdout.write(`\n=== ${index} ${path} (${why}; ${cause})\n`);
      for (const refusal of ours.get(path)?.refusals ?? []) {
        process.stdout.write(
          `  refused ${refusal.code} ${refusal.span.line}: ${refusal.text.slice(
            0,
            80,
          )} | ${refusal.reason}\n`,
        );
      }
      writeFileSync(join(scratch, 'goal'), goal);
      writeFileSync(join(scratch, 'ours'), byUs);
      const diff = spawnSync(
        'diff',
        [
          '-U0',
          '--label',
          'maintainers',
          '--label',
          'ours',
          join(scratch, 'goal'),
          join(scratch, 'ours'),
        ],
        { encoding: 'utf8' },
      ).stdout;
      process.stdout.write(diff.split('\n').slice(0, 30).join('\n'));
    }
    process.stdout.write('\n');
  }
}

const list = counts =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ');
process.stdout.write(
  '| case | kind | repository | files they changed | words: exact | ours: exact | words: exact but for white space | ours: exact but for white space | words: files they did not | ours: files they did not | words: lines off | ours: lines off | refused | files/s | differences |\n',
);
process.stdout.write(
  '|---:|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---:|---|\n',
);
for (const {
  index,
  given,
  touched,
  words,
  own,
  refused,
  codes,
  causes,
  perSecond,
  unproven,
} of rows) {
  process.stdout.write(
    `| ${index} | ${given.kind} | ${given.repository}@${given.commit.slice(
      0,
      7,
    )} | ${touched} | ${words.exact} | ${own.exact} | ${words.spaced} | ${
      own.spaced
    } | ${words.extra} | ${own.extra} | ${words.lines} | ${
      own.lines
    } | ${refused}${refused ? ` (${list(codes)})` : ''}${
      unproven ? ` unproven ${unproven}` : ''
    } | ${perSecond} | ${list(causes)} |\n`,
  );
}
process.stdout.write(
  `| all | | | ${total.touched} | ${total.words.exact} | ${
    total.ours.exact
  } | ${total.words.spaced} | ${total.ours.spaced} | ${total.words.extra} | ${
    total.ours.extra
  } | ${total.words.lines} | ${total.ours.lines} | ${
    total.refused
  } | ${Math.round((total.files / total.ms) * 1000)} | |\n\n`,
);
process.stdout.write(
  '| kind | cases | files they changed | words: exact | ours: exact | exact by both | words: files they did not | ours: files they did not |\n|---|---:|---:|---:|---:|---:|---:|---:|\n',
);
for (const [kind, k] of [...byKind].sort()) {
  process.stdout.write(
    `| ${kind} | ${k.cases} | ${k.touched} | ${k.words} | ${k.own} | ${k.both} | ${k.wordsExtra} | ${k.extra} |\n`,
  );
}
