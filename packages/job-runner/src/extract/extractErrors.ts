import { ExtractedError } from '../protocol';
import { cleanLines } from './cleanLines';
import { fingerprint } from './fingerprint';
import { extractors } from './tools';
import { readComplaints, readLastLines } from './tools/unknownErrors';
import { ErrorExtractor, Failure, FoundError, Rank, Reading } from './types';

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
  const { found, unread } = readAll(lines, extractors);
  const telling = found.some(({ rank }) => rank !== 'consequence');
  const errors = telling
    ? found.filter(({ rank }) => rank !== 'consequence')
    : readUnknown(unread, found);
  return countEqual(errors).sort(
    // Stable: within a rank, in the order of the output.
    (one, other) => ranks[one.error.rank] - ranks[other.error.rank],
  );
}

/** Where no tool says what is wrong: lines that complain, then what is said of their failing. */
function readUnknown(
  unread: readonly string[],
  consequences: FoundError[],
): FoundError[] {
  const complaints = readComplaints(unread);
  return complaints.length > 0 || consequences.length > 0
    ? [...complaints, ...consequences]
    : readLastLines(unread);
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
): { found: FoundError[]; unread: string[] } {
  const found: FoundError[] = [];
  const unread: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const reading = lines[at] === '' ? undefined : readAt(lines, at, tools);
    if (reading) found.push(...reading.errors);
    else unread.push(lines[at]);
    at += Math.max(1, reading?.lines ?? 1);
  }
  return { found, unread };
}

function readAt(
  lines: readonly string[],
  at: number,
  tools: readonly ErrorExtractor[],
): Reading | undefined {
  for (const tool of tools) {
    const reading = tool.read(lines, at);
    if (reading) return reading;
  }
  return undefined;
}

function countEqual(errors: FoundError[]): Failure[] {
  const failures = new Map<string, Failure>();
  for (const error of errors) {
    const key = fingerprint(error);
    const known = failures.get(key);
    // Tools name a failing test more than once: in its place, and at the end.
    if (known) known.count += error.test === undefined ? 1 : 0;
    else if (failures.size < MAX_FAILURES) {
      failures.set(key, {
        error,
        fingerprint: key,
        count: 1,
      });
    }
  }
  return [...failures.values()];
}
