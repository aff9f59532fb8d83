import { FolderView } from '../types';

/** What is looked at of a package.json. */
export interface PackageJson {
  scripts: Record<string, string>;
  packageManager?: string;
  hasDependencies: boolean;
  /** Whether it configures a tool under this key. */
  configures(key: string): boolean;
}

/** @returns undefined where there is none that can be read */
export function readPackageJson(view: FolderView): PackageJson | undefined {
  const text = view.read('package.json');
  if (text === undefined) return undefined;
  let content: Record<string, unknown>;
  try {
    content = Object(JSON.parse(text));
  } catch {
    return undefined;
  }
  const scripts = Object.entries(Object(content.scripts)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const { packageManager } = content;
  const count = (key: string) => Object.keys(Object(content[key])).length;
  return {
    scripts: Object.fromEntries(scripts),
    ...(typeof packageManager === 'string' && { packageManager }),
    hasDependencies: count('dependencies') + count('devDependencies') > 0,
    configures: key => content[key] !== undefined,
  };
}

/** Why what a project depends on cannot be used; undefined where it can. */
export function missingModules(
  view: FolderView,
  manifest: PackageJson,
): string | undefined {
  const installed =
    !manifest.hasDependencies ||
    view.inWorkTree('node_modules') ||
    view.inWorkTree('.pnp.cjs');
  return installed
    ? undefined
    : 'its dependencies are not installed (there is no node_modules), and jobs have no network to install them';
}
