import { FolderView, RepositoryCheck, Verifier } from '../types';
import { missingModules, PackageJson, readPackageJson } from './packageJson';
import { toolCheck } from './toolCheck';

/** Scripts by the names that people give them; of each group the first that is there. */
const groups: Array<{ role: RepositoryCheck['role']; names: string[] }> = [
  { role: 'lint', names: ['lint', 'lint:all', 'lint:ci'] },
  {
    role: 'test',
    names: ['typecheck', 'type-check', 'check-types', 'tsc', 'types'],
  },
  { role: 'test', names: ['test', 'test:ci', 'test:unit'] },
];

/** What `npm init` writes. */
const NO_TEST = /no test specified/;

/** Scripts of a package.json, by npm, yarn or pnpm. Nothing is installed. */
export const nodeVerifier: Verifier = {
  name: 'package.json',
  kind: 'tool',
  files: ['package.json'],
  detect(view) {
    const manifest = readPackageJson(view);
    if (!manifest) return [];
    const program = managerOf(view, manifest);
    const needs = missingModules(view, manifest);
    return groups.flatMap(({ names, role }) => {
      const script = names.find(
        name => manifest.scripts[name] && !NO_TEST.test(manifest.scripts[name]),
      );
      if (!script) return [];
      const check = toolCheck(view, [program, 'run', script], { role, needs });
      return [{ ...check, name: `${program} run ${script}` }];
    });
  },
};

function managerOf(view: FolderView, { packageManager }: PackageJson): string {
  const named = /^(npm|yarn|pnpm)@/.exec(packageManager ?? '')?.[1];
  if (named) return named;
  if (view.names.has('yarn.lock')) return 'yarn';
  return view.names.has('pnpm-lock.yaml') ? 'pnpm' : 'npm';
}
