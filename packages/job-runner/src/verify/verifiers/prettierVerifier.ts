import { Verifier } from '../types';
import { missingModules, readPackageJson } from './packageJson';
import { toolCheck } from './toolCheck';

const CONFIG = /^(?:\.prettierrc(?:\..{1,5})?|prettier\.config\.[cm]?[jt]s)$/;

/** Prettier where it is configured. */
export const prettierVerifier: Verifier = {
  name: 'Prettier',
  kind: 'tool',
  files: ['package.json'],
  detect(view) {
    const manifest = readPackageJson(view);
    const configured =
      [...view.names].some(name => CONFIG.test(name)) ||
      manifest?.configures('prettier');
    if (!configured) return [];
    return [
      toolCheck(view, ['node_modules/.bin/prettier', '--check', '.'], {
        name: 'prettier --check',
        role: 'lint',
        needs: manifest && missingModules(view, manifest),
      }),
    ];
  },
};
