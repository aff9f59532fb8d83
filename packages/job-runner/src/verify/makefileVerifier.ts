import { Verifier } from './Verifier';

/** `make test`, where a Makefile has that target. */
export const makefileVerifier: Verifier = {
  name: 'Makefile',
  file: 'Makefile',
  detect(file, folder) {
    // `test:` or `test lint::`, and no assignment.
    const hasTarget =
      /^(?:[\w./-]+[ \t]+)*test(?:[ \t]+[\w./-]+)*[ \t]*::?(?!=)/m;
    return hasTarget.test(file.content)
      ? [
          {
            name: 'make test',
            command: ['make', 'test'],
            folder,
            declared: false,
          },
        ]
      : [];
  },
};
