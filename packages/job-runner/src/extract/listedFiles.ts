import { fingerprint } from './fingerprint';
import { Failure, FoundError } from './types';

const MAX_FILES = 5_000;

/** Failures of a tool that only lists the files that it is not content with. */
export function listedFiles(tool: string, lines: readonly string[]): Failure[] {
  const files = [...new Set(lines.filter(line => line.trim() !== ''))];
  return files.slice(0, MAX_FILES).map(file => {
    const error: FoundError = {
      tool,
      rank: 'cause',
      file,
      message: 'is not as it should be',
    };
    return { error, fingerprint: fingerprint(error), count: 1 };
  });
}
