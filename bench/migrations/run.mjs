// Compares the rewriter with word substitution on real migrations.
//
//   yarn workspace @skein/mapping-rewriter build:bin
//   node bench/migrations/run.mjs CHECKOUTS CASES.json [--only N] [--show [PART-OF-PATH]] [--whole]
//
// CHECKOUTS holds git repositories (`owner+name/repo`, `owner/name/.git`, ...)
// with the commits of CASES.json. Nothing is written. Fails where a difference
// is not listed with its cause beside the mapping of its case, or is listed
// and gone.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareCase } from './compareCase.mjs';
import { findRepository } from './git.mjs';
import { readMappings } from './mappings.mjs';
import { printDifferences } from './printDifferences.mjs';
import { printReport } from './printReport.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    show: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
  },
});
const [folder, casesFile, pattern] = positionals;
if (!folder || !casesFile) {
  process.stderr.write(
    'usage: run.mjs CHECKOUTS CASES.json [--only N] [--show [PART-OF-PATH]] [--whole]\n',
  );
  process.exit(2);
}

const fail = message => {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
};

const mappings = readMappings(
  fileURLToPath(new URL('mappings', import.meta.url)),
);
const rows = [];
for (const [index, given] of JSON.parse(
  readFileSync(casesFile, 'utf8'),
).entries()) {
  if (values.only !== undefined && Number(values.only) !== index) {
    continue;
  }
  const dir = findRepository(folder, given.repository);
  const mapping = mappings.get(given.commit);
  if (!dir || !mapping) {
    fail(
      `case ${index}: no ${
        dir ? 'mapping' : `checkout of ${given.repository}`
      }`,
    );
    continue;
  }
  const row = { index, ...compareCase(dir, given, mapping) };
  rows.push(row);
  for (const path of row.stale) {
    fail(`case ${index}: ${path} is listed as a difference and is none`);
  }
  for (const { path, cause } of row.differences) {
    if (!cause && !values.show) {
      fail(`case ${index}: ${path} differs and no cause is listed`);
    }
  }
  if (values.show) {
    printDifferences(index, row, { whole: values.whole, pattern });
  }
}
printReport(rows);
