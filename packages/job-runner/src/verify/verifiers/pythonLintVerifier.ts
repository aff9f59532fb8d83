import { RepositoryCheck, Verifier } from '../types';
import { toolCheck } from './toolCheck';

const files = [
  'pyproject.toml',
  'setup.cfg',
  'tox.ini',
  '.flake8',
  'ruff.toml',
  '.ruff.toml',
];

/** Ruff, Black and flake8, each where it is configured. */
export const pythonLintVerifier: Verifier = {
  name: 'Python lint',
  kind: 'tool',
  files,
  detect(view) {
    const project = view.read('pyproject.toml') ?? '';
    const checks: RepositoryCheck[] = [];
    const lint = (command: string[]) =>
      checks.push(
        toolCheck(view, command, {
          role: 'lint',
          environment: { RUFF_NO_CACHE: 'true', NO_COLOR: '1' },
        }),
      );
    const ruff = view.read('ruff.toml') ?? view.read('.ruff.toml');
    if (ruff !== undefined || /^\[tool\.ruff\b/m.test(project)) {
      lint(['ruff', 'check', '--output-format=concise', '.']);
      const formats =
        /^\[format\]/m.test(ruff ?? '') ||
        /^\[tool\.ruff\.format/m.test(project);
      if (formats) lint(['ruff', 'format', '--check', '.']);
    }
    if (/^\[tool\.black\]/m.test(project)) lint(['black', '--check', '.']);
    const flake8 =
      view.names.has('.flake8') ||
      [view.read('setup.cfg'), view.read('tox.ini')].some(text =>
        /^\[flake8\]/m.test(text ?? ''),
      );
    if (flake8) lint(['flake8', '.']);
    return checks;
  },
};
