import { checkEach } from '../checkEach';
import { Finding, Gate } from '../Gate';
import { changedCommands } from './changedCommands';
import { removedYamlTests } from './removedYamlTests';
import { isTestFile } from './languages';
import { weakenedCode } from './weakenedCode';

/** Finds tests that a change deletes, skips or weakens instead of passing them. */
export const tests: Gate = {
  name: 'tests',
  check({ files, yaml }): Promise<Finding[]> {
    return checkEach(files, async file => {
      if (file.change === 'deleted' && isTestFile(file.path)) {
        return [{ file: file.path, message: 'The change deletes a test' }];
      }
      return [
        ...weakenedCode(file),
        ...(await removedYamlTests(file, yaml)),
        ...changedCommands(file),
      ];
    });
  },
};
