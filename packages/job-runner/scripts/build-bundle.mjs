// Builds the job runner as one file that Node can run: all that a sandbox or a
// container needs. Into `dist`, or into the folder that is given.
import { build } from 'esbuild';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(
  resolve(process.argv[2] ?? join(root, 'dist')),
  'job-runner.cjs',
);

await mkdir(dirname(outfile), { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: [join(root, 'src', 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  legalComments: 'linked',
  // Optional, and more than one file each: found beside the bundle, or not at all.
  external: ['@duckdb/node-api', '@polyglot-sql/sdk'],
  logLevel: 'warning',
});
