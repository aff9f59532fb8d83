// How long it takes to find the errors in a large build output.
//
//   node bench/extract.mjs [megabytes]
//
// The output is made of the recorded logs of the job runner's tests, of the
// lines between them that builds print when all is well, and of lines that are
// hard for careless regular expressions.
import { build } from 'esbuild';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const megabytes = Number(process.argv[2] ?? 50);
const extract = join(
  dirname(fileURLToPath(import.meta.url)),
  '../packages/job-runner/src/extract',
);
const folder = mkdtempSync(join(tmpdir(), 'bench-extract-'));
const bundle = join(folder, 'extract.cjs');
await build({
  entryPoints: [join(extract, 'index.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
});
const { extractErrors } = createRequire(import.meta.url)(bundle);

const fixtures = join(extract, '__fixtures__');
const logs = readdirSync(fixtures)
  .filter(name => name.endsWith('.txt'))
  .map(name => readFileSync(join(fixtures, name), 'utf8'));
const quiet = Array.from(
  { length: 400 },
  (_, at) =>
    `2026-11-21T09:40:17.${at}Z [INFO] Compiling module-${at} of the build to /checkout/target/classes`,
).join('\n');
const hostile = [
  '('.repeat(5_000),
  `[ERROR] ${'a/'.repeat(2_500)}`,
  `${' '.repeat(5_000)}x`,
  `E   ${'='.repeat(5_000)}`,
  `${'a.java:'.repeat(700)}`,
].join('\n');

const kinds = {
  'what builds print': [...logs, quiet, quiet, quiet].join('\n'),
  'errors alone': logs.join('\n'),
  'lines that are hard to read': hostile,
};
for (const [name, part] of Object.entries(kinds)) {
  const output = part.repeat(Math.ceil((megabytes * 1e6) / part.length));
  const startedAt = performance.now();
  const failures = extractErrors(output, { folders: ['/checkout'] });
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(
    `${name}: ${(output.length / 1e6).toFixed(0)} MB in ${seconds.toFixed(
      2,
    )} s, ${failures.length} different errors`,
  );
}
rmSync(folder, { recursive: true });
