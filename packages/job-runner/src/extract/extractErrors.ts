import { ExtractedError } from '../protocol';
import { cleanLines } from './cleanLines';
import { fingerprint } from './fingerprint';
import { extractors } from './tools';
import { readGeneric } from './tools/generic';
import { ErrorExtractor, Failure, FoundError, Rank } from './types';

/** Different errors that are kept of one output; more say nothing new. */
const MAX_FAILURES = 5_000;

const ranks: Record<Rank, number> = { cause: 0, test: 1, consequence: 2 };

/**
 * Finds in the output of a failed build what a person would look for:
 * root causes first, nothing twice. Deterministic; time and memory are linear
 * in the output.
 *
 * @param output - whatever was printed, of any size
 * @param options.folders - absolute paths of the checkout; they become relative
 * @returns never empty where the output says anything at all
 */
export function extractErrors(
  output: string,
  options: { folders?: readonly string[] } = {},
): Failure[] {
  const lines = cleanLines(output, options.folders);
  const found = readAll(lines, extractors);
  const telling = found.some(({ rank }) => rank !== 'consequence');
  const errors = telling
    ? found.filter(({ rank }) => rank !== 'consequence')
    : [...readGeneric(lines), ...found];
  return countEqual(errors).sort(
    // Stable: within a rank, in the order of the output.
    (one, other) => ranks[one.error.rank] - ranks[other.error.rank],
  );
}

/** Failures as the protocol has them. */
export function toExtractedErrors(
  failures: readonly Failure[],
  limit: number,
): ExtractedError[] {
  return failures.slice(0, limit).map(({ error, count }) => {
    const { rank: _rank, ...told } = error;
    return count > 1 ? { ...told, count } : told;
  });
}

function readAll(
  lines: readonly string[],
  tools: readonly ErrorExtractor[],
): FoundError[] {
  const found: FoundError[] = [];
  let at = 0;
  while (at < lines.length) {
    let taken = 1;
    if (lines[at] !== '') {
      for (const tool of tools) {
        const reading = tool.read(lines, at);
        if (reading) {
          found.push(...reading.errors);
          taken = Math.max(1, reading.lines);
          break;
        }
      }
    }
    at += taken;
  }
  return found;
}

function countEqual(errors: FoundError[]): Failure[] {
  const failures = new Map<string, Failure>();
  for (const error of errors) {
    const key = fingerprint(error);
    const known = failures.get(key);
    if (known) known.count += error.count ?? 1;
    else if (failures.size < MAX_FAILURES) {
      failures.set(key, {
        error,
        fingerprint: key,
        count: error.count ?? 1,
      });
    }
  }
  return [...failures.values()];
}
