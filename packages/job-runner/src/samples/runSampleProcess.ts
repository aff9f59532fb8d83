import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { createInterface } from 'readline';
import {
  SampleAnswer,
  sampleLimits,
  SampleRequest,
  SampleVerdict,
} from './types';

/** How the process is run. */
export interface SampleProcessOptions {
  /** The runner as one file that Node can run. */
  runnerFile: string;
  /** Of all statements together. */
  timeoutMilliseconds: number;
  /** A process that says nothing for so long is killed. Default: that of `sampleLimits`. */
  silenceMilliseconds?: number;
  signal: AbortSignal;
}

/** What running SQL on sample rows says of a target. */
export interface SampleRun {
  verdicts: SampleVerdict[];
  /** Why nothing could be run at all. */
  unavailable?: string;
  /** Why not all was run. */
  incomplete?: string;
}

/** A statement that ends its process is left out by the next one; this many times. */
const MAX_PROCESSES = 5;
/** Of one process's answers. */
const ANSWER_CHARACTERS = 16 * 1024 ** 2;
/** Of V8, beside what DuckDB takes. */
const HEAP_MEGABYTES = 512;
const SAID_CHARACTERS = 500;

/**
 * Runs SQL on sample rows in a process of its own, since a query can crash
 * DuckDB, or not end: the process is killed, the statement is to blame, and
 * another process goes on with the rest.
 *
 * @throws where the signal aborts it
 */
export async function runSampleProcess(
  request: Omit<SampleRequest, 'skip'>,
  options: SampleProcessOptions,
): Promise<SampleRun> {
  const verdicts: SampleVerdict[] = [];
  const deadline = Date.now() + options.timeoutMilliseconds;
  for (let count = 0; count < MAX_PROCESSES; count += 1) {
    options.signal.throwIfAborted();
    const skip = verdicts.map(({ key }) => key);
    const end = await runOne({ ...request, skip }, options, deadline);
    options.signal.throwIfAborted();
    verdicts.push(...end.verdicts);
    if (end.done) return { verdicts, incomplete: end.incomplete };
    if (end.unavailable) return { verdicts, unavailable: end.unavailable };
    if (Date.now() >= deadline) {
      return { verdicts, incomplete: 'the time for it was over' };
    }
    if (!end.last) return { verdicts, unavailable: end.said };
    verdicts.push(blame(end.last, end.said));
  }
  return { verdicts, incomplete: 'too many statements ended DuckDB' };
}

type Start = Extract<SampleAnswer, { type: 'start' }>;

interface ProcessEnd {
  verdicts: SampleVerdict[];
  done: boolean;
  unavailable?: string;
  incomplete?: string;
  /** What it was at. */
  last?: Start;
  /** How it ended. */
  said: string;
}

function blame({ side, statement }: Start, said: string): SampleVerdict {
  return side === 'old'
    ? { ...statement, outcome: 'skipped', messages: [said] }
    : {
        ...statement,
        outcome: 'different',
        messages: [`it cannot be run on the sample rows any more: ${said}`],
      };
}

async function runOne(
  request: SampleRequest,
  {
    runnerFile,
    signal,
    silenceMilliseconds = sampleLimits.silenceMilliseconds,
  }: SampleProcessOptions,
  deadline: number,
): Promise<ProcessEnd> {
  const end: ProcessEnd = { verdicts: [], done: false, said: '' };
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${HEAP_MEGABYTES}`, runnerFile, 'samples'],
    // It needs nothing of this process's environment, and finds nothing there.
    { env: {}, stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  );
  let cause: string | undefined;
  const stop = (reason: string) => {
    cause ??= reason;
    kill(child);
  };
  const onAbort = () => stop('it was stopped');
  signal.addEventListener('abort', onAbort);
  const watch = watchSilence(silenceMilliseconds, deadline, stop);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-SAID_CHARACTERS);
  });
  // What it does not read any more it need not be told.
  child.stdin.on('error', () => {});
  child.stdin.end(JSON.stringify(request));
  const closed = once(child, 'close').catch(error => [
    undefined,
    error.message,
  ]);
  let read = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    watch.reset();
    read += line.length;
    if (read > ANSWER_CHARACTERS) stop('it says too much');
    else take(line, end);
    if (end.done) kill(child);
  }
  const [code, endedBy] = await closed;
  watch.stop();
  signal.removeEventListener('abort', onAbort);
  const how = endedBy
    ? `DuckDB ended by ${endedBy}`
    : `DuckDB ended with code ${code}`;
  const [complained] = complaint.trim().split('\n').slice(-1);
  end.said = cause ?? (complained ? `${how}: ${complained}` : how);
  return end;
}

function take(line: string, end: ProcessEnd): void {
  const answer: SampleAnswer = JSON.parse(line);
  if (answer.type === 'done') {
    end.done = true;
    end.incomplete = answer.incomplete;
  }
  if (answer.type === 'unavailable') end.unavailable = answer.reason;
  if (answer.type === 'start') end.last = answer;
  if (answer.type === 'verdict') {
    end.last = undefined;
    end.verdicts.push(answer.verdict);
  }
}

function watchSilence(
  milliseconds: number,
  deadline: number,
  stop: (reason: string) => void,
) {
  let timer: NodeJS.Timeout;
  const reset = () => {
    clearTimeout(timer);
    const left = deadline - Date.now();
    timer = setTimeout(
      () => stop('it takes too long'),
      Math.max(0, Math.min(left, milliseconds)),
    );
  };
  reset();
  return { reset, stop: () => clearTimeout(timer) };
}

function kill(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
