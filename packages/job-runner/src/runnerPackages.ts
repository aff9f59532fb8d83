import { existsSync, readFileSync, realpathSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';

/** What the bundle does not hold: see `optionalPackages.ts`. */
const outside = ['@duckdb/node-api', '@polyglot-sql/sdk'];

/**
 * The packages that the runner finds beside its bundle, with those that they
 * need, as far as they are installed here. Where a runner sees another file
 * system they belong into a `node_modules` folder above the bundle.
 *
 * @public
 */
export function runnerPackages(): Array<{ name: string; folder: string }> {
  const found = new Map<string, string>();
  const add = (name: string, from: string) => {
    const folder = found.has(name) ? undefined : folderOf(name, from);
    if (folder === undefined) return;
    found.set(name, folder);
    const manifest = join(folder, 'package.json');
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(manifest, 'utf8'),
    );
    Object.keys({ ...dependencies, ...optionalDependencies }).forEach(each =>
      add(each, manifest),
    );
  };
  const own = require.resolve('@skein/job-runner/package.json');
  outside.forEach(name => add(name, own));
  return [...found].map(([name, folder]) => ({ name, folder }));
}

/** By hand, since a package need not have a main file, nor export its manifest. */
function folderOf(name: string, from: string): string | undefined {
  const folder = createRequire(from)
    .resolve.paths(name)
    ?.map(path => join(path, name))
    .find(path => existsSync(join(path, 'package.json')));
  return folder && realpathSync(folder);
}
