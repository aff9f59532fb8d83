// Builds the job runner as one file that Node can run, with the WebAssembly of
// the SQL parser beside it where it uses one: all that a sandbox or a container
// needs. Into `dist`, or into the folder that is given.
import { build } from 'esbuild';
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(
  resolve(process.argv[2] ?? join(root, 'dist')),
  'job-runner.cjs',
);

await mkdir(dirname(outfile), { recursive: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [join(root, 'src', 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // `require` and not `import`: the parser's CommonJS build finds its WebAssembly beside itself.
  conditions: ['require', 'node'],
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
});

const parser = Object.keys(metafile.inputs).some(path =>
  path.includes('@polyglot-sql/sdk'),
);
if (parser) {
  const rewriter = createRequire(
    createRequire(join(root, 'package.json')).resolve(
      '@skein/mapping-rewriter/package.json',
    ),
  );
  await copyFile(
    join(dirname(rewriter.resolve('@polyglot-sql/sdk')), 'polyglot_sql.wasm'),
    join(dirname(outfile), 'polyglot_sql.wasm'),
  );
}
