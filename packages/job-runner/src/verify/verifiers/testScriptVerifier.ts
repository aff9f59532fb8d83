import { Verifier } from '../types';

/** `test.sh`, by its own interpreter where it is executable. */
export const testScriptVerifier: Verifier = {
  name: 'test.sh',
  kind: 'entry',
  files: ['test.sh'],
  detect(view) {
    const script = view.read('test.sh');
    if (script === undefined) return [];
    const direct = view.isExecutable('test.sh') && script.startsWith('#!');
    return [
      {
        name: 'test.sh',
        command: direct ? ['./test.sh'] : ['sh', 'test.sh'],
        folder: view.folder,
        declared: false,
        role: 'test',
      },
    ];
  },
};
