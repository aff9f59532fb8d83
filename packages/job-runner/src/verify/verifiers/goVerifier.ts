import { Verifier } from '../types';
import { toolCheck } from './toolCheck';

const environment = {
  GOPROXY: 'off',
  GOTOOLCHAIN: 'local',
  GOFLAGS: '-mod=readonly',
};

/** Go's form, vet and tests, without a network. */
export const goVerifier: Verifier = {
  name: 'Go',
  kind: 'tool',
  files: ['go.mod'],
  detect(view) {
    if (!view.names.has('go.mod')) return [];
    const vendored = view.inWorkTree('vendor/modules.txt');
    const env = vendored
      ? { ...environment, GOFLAGS: '-mod=vendor' }
      : environment;
    return [
      toolCheck(view, ['gofmt', '-l', '.'], {
        role: 'lint',
        failsOnOutput: true,
      }),
      // Runs vet's telling checks by itself.
      toolCheck(view, ['go', 'test', './...'], { environment: env }),
    ];
  },
};
