// Builds the command as one file that Node can run: `rewrite`, `references` and
// `check` for people, `serve` for the backend. Into `dist`, or into the folder
// that is given.
import { build } from 'esbuild';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(
  resolve(process.argv[2] ?? join(root, 'dist')),
  'mapping-rewriter.cjs',
);

await mkdir(dirname(outfile), { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: [join(root, 'src', 'command', 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node22',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
