import { Verifier } from './Verifier';

/** `test.sh`, by its own interpreter where it is executable. */
export const testScriptVerifier: Verifier = {
  name: 'test.sh',
  file: 'test.sh',
  detect(file, folder) {
    const direct = file.executable && file.content.startsWith('#!');
    const command = direct ? ['./test.sh'] : ['sh', 'test.sh'];
    return [{ name: 'test.sh', command, folder, declared: false }];
  },
};
