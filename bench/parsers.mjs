// Compares the rewriter's parser with a second, independent one: the tables and
// columns that both find in all SQL of a repository.
//
//   node bench/parsers.mjs CHECKOUT [--dialect bigquery] [--under FOLDER] [--show]
//
// CHECKOUT is a git directory; its HEAD is read. Jinja is replaced by names
// first, the same for both. Fails where they differ and no reason is known.
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listFiles, readFiles } from './migrations/git.mjs';

const rewriter = fileURLToPath(
  new URL('../packages/mapping-rewriter', import.meta.url),
);
const require = createRequire(join(rewriter, 'package.json'));
const polyglot = require('@polyglot-sql/sdk');
await polyglot.init?.();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dialect: { type: 'string', default: 'bigquery' },
    under: { type: 'string', default: '' },
    show: { type: 'boolean', default: false },
  },
});
const [checkout] = positionals;
if (!checkout) {
  process.stderr.write(
    'usage: parsers.mjs CHECKOUT [--dialect NAME] [--under FOLDER] [--show]\n',
  );
  process.exit(2);
}

/** Why the two may differ, by what stands in the text: none of these hides a read. */
const REASONS = [
  [/\bCLONE\b/i, 'the other takes the source of CLONE for no table'],
  [
    /\b(?:UN)?PIVOT\b/i,
    'lists of PIVOT are passed over: what reads them is refused',
  ],
  [
    /\bCREATE\b[^;]*\b(?:PARTITION|CLUSTER)\s+BY\b/i,
    'columns of the table that is created',
  ],
  [/\bOPTIONS\s*\(/i, 'names of options'],
  [/\bCREATE\b[^;]*\bFUNCTION\b/i, 'parameters of functions'],
  [
    /\b(?:MERGE|UPDATE)\b/i,
    'columns that are set, of the table that is written',
  ],
  [/\{[{%]/, 'what takes the place of Jinja'],
];

const MOST_CHARACTERS = 60_000;

/** The parser as it is in the source, not as it was last built. */
async function loadOurs() {
  const folder = mkdtempSync(join(tmpdir(), 'skein-parsers-'));
  const outfile = join(folder, 'parser.cjs');
  await build({
    stdin: {
      contents: `export { readRegion } from './src/rewrite/Region';
        export { isCteName } from './src/rewrite/isCteName';`,
      resolveDir: rewriter,
    },
    outfile,
    bundle: true,
    platform: 'node',
    logLevel: 'warning',
  });
  try {
    return require(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { isCteName, readRegion } = await loadOurs();

const lower = name => name.replaceAll('`', '').toLowerCase();
const nameOf = parts => lower(parts.map(({ value }) => value).join('.'));

function readOurs(sql) {
  const { tree } = readRegion('a.sql', sql, { dialect: values.dialect });
  return {
    problem: tree.statements.some(({ problem }) => problem),
    tables: new Set(
      tree.tables
        .filter(table => !isCteName(table))
        .map(({ parts }) => nameOf(parts)),
    ),
    reads: new Set(
      tree.tables
        .filter(table => !isCteName(table) && table.access === 'read')
        .map(({ parts }) => nameOf(parts)),
    ),
    // A qualifier of one may be the column of the other.
    names: new Set(
      [...tree.scopes.flatMap(({ refs }) => refs), ...tree.functions].flatMap(
        ({ parts }) => nameOf(parts).split('.'),
      ),
    ),
  };
}

function readTheirs(sql) {
  let result;
  try {
    result = polyglot.parse(sql, values.dialect);
  } catch {
    return undefined;
  }
  if (!result.success) return undefined;
  const found = { tables: new Set(), ctes: new Set(), columns: new Set() };
  const walk = node => {
    if (Array.isArray(node)) {
      node.forEach(walk);
      return;
    }
    if (!node || typeof node !== 'object') return;
    for (const { alias } of Array.isArray(node.ctes) ? node.ctes : []) {
      if (alias) found.ctes.add(lower(alias.name));
    }
    const { column, table } = node;
    if (table?.name?.name !== undefined && 'catalog' in table) {
      const parts = [table.catalog, table.schema, table.name];
      found.tables.add(
        lower(parts.flatMap(part => part?.name ?? []).join('.')),
      );
    }
    if (column?.name?.name !== undefined && 'join_mark' in column) {
      found.columns.add(lower(column.name.name).split('.').pop());
    }
    Object.values(node).forEach(walk);
  };
  walk(result.ast);
  return found;
}

const withoutJinja = text =>
  text
    .replace(/\{#[^]*?#\}/g, '')
    .replace(/\{%[^]*?%\}/g, ' ')
    .replace(/\{\{-?\s*config[^]*?\}\}/g, '')
    .replace(/\{\{[^]*?\}\}/g, call => `j_${call.replace(/\W+/g, '_')}`);

const counts = {
  files: 0,
  both: 0,
  'ours alone': 0,
  'theirs alone': 0,
  neither: 0,
};
const reasons = new Map();
const unexplained = [];

const paths = listFiles(checkout, 'HEAD').filter(
  path => path.endsWith('.sql') && path.startsWith(values.under),
);
for (const [path, text] of readFiles(checkout, 'HEAD', paths)) {
  const sql = withoutJinja(text);
  if (sql.length > MOST_CHARACTERS) continue;
  counts.files += 1;
  const ours = readOurs(sql);
  const theirs = readTheirs(sql);
  if (!theirs || ours.problem) {
    const only = ours.problem ? 'theirs alone' : 'ours alone';
    counts[!theirs && ours.problem ? 'neither' : only] += 1;
    continue;
  }
  counts.both += 1;
  const differences = [
    ...[...theirs.tables]
      .filter(name => !ours.tables.has(name) && !theirs.ctes.has(name))
      .map(name => `table ${name} missed`),
    ...[...ours.reads]
      .filter(name => !theirs.tables.has(name))
      .map(name => `table ${name} too many`),
    ...[...theirs.columns]
      .filter(name => !/^[@*]/.test(name) && !ours.names.has(name))
      .map(name => `column ${name} missed`),
  ];
  if (differences.length === 0) continue;
  const reason = REASONS.find(([pattern]) => pattern.test(text))?.[1];
  if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  else unexplained.push(`${path}: ${differences.slice(0, 5).join(', ')}`);
}

const print = line => process.stdout.write(`${line}\n`);
Object.entries(counts).forEach(([name, count]) => print(`${name}: ${count}`));
for (const [reason, count] of reasons) print(`differs, ${reason}: ${count}`);
print(`differs without a reason: ${unexplained.length}`);
if (values.show) unexplained.forEach(print);
process.exitCode = unexplained.length > 0 ? 1 : 0;
