import { Verifier } from '../types';

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
    return [
      {
        name: 'make test',
        command: ['make', 'test'],
        folder: view.folder,
        declared: false,
        role: 'test',
        unavailable: view.hasProgram('make')
          ? undefined
          : 'make is not on this machine',
      },
    ];
  },
};
