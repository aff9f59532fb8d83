import { ExtractedError } from '../protocol';
import { cleanLines } from './cleanLines';
import { fingerprint } from './fingerprint';
import { extractors } from './tools';
import { readComplaints, readLastLines } from './tools/unknownErrors';
import { ErrorExtractor, Failure, FoundError, Rank, Reading } from './types';

/** Different errors that are kept of one output; more say nothing new. */
const MAX_FAILURES = 5_000;
const MAX_COMPLAINTS = 200;

/** Lines of a piece of work, and characters, where lines are not known yet. */
const PIECE = 2_000;
const PART_CHARACTERS = 64 * 1024;

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
  const steps = extracting(output, options.folders);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * The same in a process that has other work.
 *
 * @param pause - awaited after each piece of a few thousand lines at most
 */
export async function extractErrorsInTurns(
  output: string,
  pause: () => Promise<void>,
): Promise<Failure[]> {
  const steps = extracting(output);
  let step = steps.next();
  while (!step.done) {
    await pause();
    step = steps.next();
  }
  return step.value;
}

/** Yields after each piece. */
function* extracting(
  output: string,
  folders?: readonly string[],
): Generator<undefined, Failure[]> {
  const lines: string[] = [];
  for (const part of partsOf(output)) {
    for (const line of cleanLines(part, folders)) lines.push(line);
    yield;
  }
  const { found, unread } = yield* readAll(lines, extractors);
  const telling = found.some(({ rank }) => rank !== 'consequence');
  const errors = telling
    ? found.filter(({ rank }) => rank !== 'consequence')
    : yield* readUnknown(unread, found);
  const failures = yield* countEqual(errors);
  return failures.sort(
    // Stable: within a rank, in the order of the output.
    (one, other) => ranks[one.error.rank] - ranks[other.error.rank],
  );
}

/** A text in parts of whole lines. */
function* partsOf(text: string): Generator<string> {
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf('\n', start + PART_CHARACTERS);
    const end = found < 0 ? text.length : found;
    yield text.slice(start, end);
    start = end + 1;
  }
}

/** Where no tool says what is wrong: lines that complain, then what is said of their failing. */
function* readUnknown(
  unread: readonly string[],
  consequences: FoundError[],
): Generator<undefined, FoundError[]> {
  const complaints: FoundError[] = [];
  for (let at = 0; at < unread.length; at += PIECE) {
    complaints.push(...readComplaints(unread.slice(at, at + PIECE)));
    if (complaints.length >= MAX_COMPLAINTS) break;
    yield;
  }
  return complaints.length > 0 || consequences.length > 0
    ? [...complaints.slice(0, MAX_COMPLAINTS), ...consequences]
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

function* readAll(
  lines: readonly string[],
  tools: readonly ErrorExtractor[],
): Generator<undefined, { found: FoundError[]; unread: string[] }> {
  const found: FoundError[] = [];
  const unread: string[] = [];
  let at = 0;
  for (let count = 1; at < lines.length; count += 1) {
    const reading = lines[at] === '' ? undefined : readAt(lines, at, tools);
    if (reading) found.push(...reading.errors);
    else unread.push(lines[at]);
    at += Math.max(1, reading?.lines ?? 1);
    if (count % PIECE === 0) yield;
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

function* countEqual(errors: FoundError[]): Generator<undefined, Failure[]> {
  const failures = new Map<string, Failure>();
  for (const [index, error] of errors.entries()) {
    if (index % PIECE === PIECE - 1) yield;
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
