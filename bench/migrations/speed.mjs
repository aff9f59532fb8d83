// Speed and memory of the rewriter: real SQL files a second, one big file, and
// memory over many files.
//
//   node --expose-gc bench/migrations/speed.mjs CHECKOUTS CASES.json
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { findRepository, listFiles, readFiles } from './git.mjs';

const require = createRequire(import.meta.url);
const {
  rewrite,
} = require('../../packages/mapping-rewriter/dist/mapping-rewriter.cjs');

const [folder, casesFile] = process.argv.slice(2);
const given = JSON.parse(readFileSync(casesFile, 'utf8'));
const seen = new Set();
const files = [];
for (const { repository, parent } of given) {
  const dir = findRepository(folder, repository);
  if (!dir || seen.has(repository)) {
    continue;
  }
  seen.add(repository);
  const paths = listFiles(dir, parent).filter(path => path.endsWith('.sql'));
  readFiles(dir, parent, paths).forEach((content, path) =>
    files.push({ path: `${repository}/${path}`, content }),
  );
}
// each file retires the first model that it reads: every one has work in it
const tablesOf = name => [
  {
    from: `p.ds.${name}`,
    to: `p.ds.${name}_v2`,
    models: [{ from: name, to: `${name}_v2` }],
    columns: [
      {
        from: 'id',
        to: 'identifier',
        transform: 'CAST(identifier AS INT64)',
      },
    ],
  },
];
const working = files.flatMap(file => {
  const name = /\bref\(\s*['"](\w+)['"]\s*\)/.exec(file.content)?.[1];
  return name ? [{ file, tables: tablesOf(name) }] : [];
});

const time = work => {
  // the processor's time, not the clock's: the machine may be shared
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return { ms: (user + system) / 1000, result };
};
const mb = () => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
};

for (const { file, tables } of working.slice(0, 200)) {
  rewrite([file], tables, {});
}
const single = time(() =>
  working.map(({ file, tables }) => rewrite([file], tables, {})),
);
process.stdout.write(
  `${working.length} SQL files with work in them, one by one: ${Math.round(
    (working.length / single.ms) * 1000,
  )} files/s\n`,
);
const common = tablesOf('users');
const all = time(() => rewrite(files, common, {}));
process.stdout.write(
  `${files.length} SQL files as one project with little work: ${Math.round(
    (files.length / all.ms) * 1000,
  )} files/s\n`,
);

const block =
  "SELECT u.id, u.name, COUNT(*) AS n\nFROM {{ ref('big') }} u\nJOIN orders o ON o.user_id = u.id\nWHERE u.id > 5 AND o.total > (SELECT AVG(total) FROM orders)\nGROUP BY 1, 2;\n";
const big = block.repeat(Math.ceil(1e6 / block.length));
const bigTables = [
  {
    from: 'p.ds.big',
    to: 'p.ds.big_v2',
    models: [{ from: 'big', to: 'big_v2' }],
    columns: common[0].columns,
  },
];
const one = time(() =>
  rewrite([{ path: 'big.sql', content: big }], bigTables, {}),
);
process.stdout.write(
  `${(big.length / 1e6).toFixed(1)} MB of SQL in one file: ${Math.round(
    one.ms,
  )} ms, ${one.result.files[0].edits.length} edits\n`,
);
const nested = `SELECT ${'('.repeat(200000)}1${')'.repeat(
  200000,
)} FROM {{ ref('big') }}`;
process.stdout.write(
  `200,000 parentheses: ${Math.round(
    time(() => rewrite([{ path: 'a.sql', content: nested }], bigTables, {})).ms,
  )} ms\n`,
);
const ctes = `WITH ${Array.from(
  { length: 3000 },
  (_, i) =>
    `c${i} AS (SELECT * FROM ${i === 0 ? "{{ ref('big') }}" : `c${i - 1}`})`,
).join(',\n')} SELECT c2999.id FROM c2999`;
process.stdout.write(
  `3,000 CTEs in a chain: ${Math.round(
    time(() => rewrite([{ path: 'a.sql', content: ctes }], bigTables, {})).ms,
  )} ms\n`,
);
const doubled = `WITH c0 AS (SELECT * FROM {{ ref('big') }}), ${Array.from(
  { length: 40 },
  (_, i) => `c${i + 1} AS (SELECT * FROM c${i} a JOIN c${i} b ON a.x = b.x)`,
).join(',\n')} SELECT id FROM c40 UNION ALL SELECT * FROM c40`;
process.stdout.write(
  `40 levels of stars over self-joins: ${Math.round(
    time(() => rewrite([{ path: 'a.sql', content: doubled }], bigTables, {}))
      .ms,
  )} ms\n`,
);

const before = mb();
let peak = before;
for (let i = 0; i < 10000; i++) {
  const { file, tables } = working[i % working.length];
  rewrite([file], tables, {});
  if (i % 1000 === 999) {
    peak = Math.max(peak, mb());
  }
}
process.stdout.write(
  `memory over 10,000 files: ${before} MB before, ${peak} MB at most, ${mb()} MB after\n`,
);
