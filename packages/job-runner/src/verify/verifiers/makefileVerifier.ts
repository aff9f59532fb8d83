import { Verifier } from '../types';
import { toolCheck } from './toolCheck';

// `test:` or `test lint::`, and no assignment.
const TEST_TARGET =
  /^(?:[\w./-]+[ \t]+)*test(?:[ \t]+[\w./-]+)*[ \t]*::?(?!=)/m;

/** `make test`, where a Makefile has that target. */
export const makefileVerifier: Verifier = {
  name: 'Makefile',
  kind: 'entry',
  files: ['Makefile'],
  detect(view) {
    if (!TEST_TARGET.test(view.read('Makefile') ?? '')) return [];
    return [toolCheck(view, ['make', 'test'])];
  },
};
