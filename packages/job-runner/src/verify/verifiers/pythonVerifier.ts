import { FolderView, Verifier } from '../types';
import { toolCheck } from './toolCheck';

const files = ['pyproject.toml', 'setup.cfg', 'tox.ini', 'pytest.ini'];

/** pytest, by uv or from a virtual environment where there is one; or else tox. */
export const pythonVerifier: Verifier = {
  name: 'Python tests',
  kind: 'tool',
  files,
  detect(view) {
    if (usesPytest(view)) {
      if (view.names.has('uv.lock') && view.hasProgram('uv')) {
        return [
          toolCheck(view, ['uv', 'run', '--offline', '--frozen', 'pytest'], {
            name: 'uv run pytest',
          }),
        ];
      }
      const own = ['.venv', 'venv']
        .map(folder => `${folder}/bin/pytest`)
        .find(program => view.inWorkTree(program));
      return [
        toolCheck(view, [own ?? 'pytest', '-p', 'no:cacheprovider'], {
          name: 'pytest',
          environment: { PYTHONDONTWRITEBYTECODE: '1' },
        }),
      ];
    }
    if (/^\[(?:tox|testenv)/m.test(view.read('tox.ini') ?? '')) {
      return [
        toolCheck(view, ['tox', '--skip-missing-interpreters'], {
          name: 'tox',
          needs: view.inWorkTree('.tox')
            ? undefined
            : 'its environments are not made (there is no .tox), and jobs have no network to make them',
        }),
      ];
    }
    return [];
  },
};

function usesPytest(view: FolderView): boolean {
  return (
    view.names.has('pytest.ini') ||
    view.names.has('conftest.py') ||
    /^\[tool\.pytest/m.test(view.read('pyproject.toml') ?? '') ||
    /^\[tool:pytest\]/m.test(view.read('setup.cfg') ?? '') ||
    /^\[pytest\]/m.test(view.read('tox.ini') ?? '') ||
    view.inWorkTree('tests/conftest.py') ||
    [...view.names].some(name => /^test_.+\.py$|_test\.py$/.test(name)) ||
    (view.names.has('pyproject.toml') && view.inWorkTree('tests'))
  );
}
