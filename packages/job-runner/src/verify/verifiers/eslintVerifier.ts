import { Verifier } from '../types';
import { missingModules, readPackageJson } from './packageJson';
import { toolCheck } from './toolCheck';

const CONFIG =
  /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?)$/;

/** ESLint where it is configured and no script of package.json runs it. */
export const eslintVerifier: Verifier = {
  name: 'ESLint',
  kind: 'tool',
  files: ['package.json'],
  detect(view) {
    const manifest = readPackageJson(view);
    const configured =
      [...view.names].some(name => CONFIG.test(name)) ||
      manifest?.configures('eslintConfig');
    if (!configured || manifest?.scripts.lint) return [];
    return [
      toolCheck(view, ['node_modules/.bin/eslint', '.'], {
        name: 'eslint',
        role: 'lint',
        needs: manifest && missingModules(view, manifest),
      }),
    ];
  },
};
