import { FolderView, Verifier } from '../types';
import { toolCheck } from './toolCheck';

/**
 * `dbt parse`, which needs no warehouse. Where dbt is not there, our own check
 * of refs, sources and YAML still is.
 */
export const dbtVerifier: Verifier = {
  name: 'dbt',
  kind: 'tool',
  files: ['dbt_project.yml', 'packages.yml', 'dependencies.yml'],
  detect(view) {
    if (!view.names.has('dbt_project.yml')) return [];
    const profiles = view.names.has('profiles.yml')
      ? ['--profiles-dir', '.']
      : [];
    return [
      toolCheck(view, ['dbt', 'parse', '--no-partial-parse', ...profiles], {
        name: 'dbt parse',
        environment: {
          DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
          DBT_USE_COLORS: 'false',
        },
        needs: missing(view, profiles.length > 0),
      }),
    ];
  },
};

function missing(view: FolderView, hasProfiles: boolean): string | undefined {
  const packages = ['packages.yml', 'dependencies.yml'].some(name =>
    /^packages:\s*(?:\n|$)/m.test(view.read(name) ?? ''),
  );
  if (packages && !view.inWorkTree('dbt_packages')) {
    return 'its packages are not installed (there is no dbt_packages), and jobs have no network to install them';
  }
  return hasProfiles
    ? undefined
    : 'it has no profiles.yml beside dbt_project.yml';
}
