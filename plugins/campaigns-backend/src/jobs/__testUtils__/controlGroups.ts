import { accessSync, constants, readFileSync } from 'fs';
import { findHierarchies } from '../local/controlGroups/findHierarchies';

/**
 * For tests: whether this machine may hand control groups to whoever runs them.
 * Where it does not, their tests are none, so that nobody takes them for passed.
 */
export const mayHaveControlGroups = (() => {
  try {
    const { memory, unified } = findHierarchies(
      readFileSync('/proc/self/cgroup', 'latin1'),
      readFileSync('/proc/self/mountinfo', 'latin1'),
    );
    return [memory, unified].some(isWritable);
  } catch {
    return false; // No Linux.
  }
})();

function isWritable(folder: string | undefined): boolean {
  if (!folder) return false;
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
