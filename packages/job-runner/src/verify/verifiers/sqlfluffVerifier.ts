import { FolderView, Verifier } from '../types';
import { toolCheck } from './toolCheck';

/** sqlfluff where it is configured. */
export const sqlfluffVerifier: Verifier = {
  name: 'sqlfluff',
  kind: 'tool',
  files: ['.sqlfluff', 'pyproject.toml', 'setup.cfg', 'tox.ini'],
  detect(view) {
    const config = configOf(view);
    if (config === undefined) return [];
    const byDbt = /^\s*templater\s*=\s*["']?dbt\b/m.test(config);
    return [
      toolCheck(view, ['sqlfluff', 'lint', '.'], {
        name: 'sqlfluff lint',
        role: 'lint',
        needs:
          byDbt && !view.hasProgram('dbt')
            ? 'it is configured to read SQL through dbt, which is not on this machine'
            : undefined,
      }),
    ];
  },
};

function configOf(view: FolderView): string | undefined {
  const own = view.read('.sqlfluff');
  if (own !== undefined) return own;
  return ['pyproject.toml', 'setup.cfg', 'tox.ini']
    .map(name => view.read(name))
    .find(text => /^\[(?:tool\.)?sqlfluff\b/m.test(text ?? ''));
}
