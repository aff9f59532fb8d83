import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { JobAttemptEnd, JobAttemptStart } from '@skein/plugin-campaigns-node';
import { constants } from 'os';
import { Writable } from 'stream';
import { GroupUsage } from './controlGroups';
import { CpuMeter } from './CpuMeter';
import { findByEnvironment, ProcessEntry } from './processTree';
import { JobUser } from './jobUser';
import { ProcessWatcher } from './ProcessWatcher';
import { MemoryFolders, treeMemory } from './treeMemory';

/** Processes of one job; a fork bomb has more. */
const MAX_PROCESSES = 512;

/** Of all of them; where there is a control group, the kernel starts no more. */
export const MAX_THREADS = 4_096;

/** Of one process. */
const MAX_OPEN_FILES = 4_096;

/** The runner reports its own time-out with what it knows; this long after, it is killed. */
function graceMilliseconds(timeoutSeconds: number): number {
  return Math.min(5_000, timeoutSeconds * 250);
}

const ERROR_OUTPUT_KEPT = 4_096;

/** How a runner is started. */
export interface ConfinedCommand {
  file: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  /** Default: the user of this process. */
  user: JobUser | undefined;
  /** `NAME=value` that all of its processes inherit, for finding those that left its process group. */
  marker: string | undefined;
  /** Given on standard input, where neither a process list nor a child can see it. */
  input: string;
  /** Given on descriptor 3. */
  filter: Buffer | undefined;
  fileBytes: number;
  /** Its places in memory, whose files count as such. */
  memoryFolders: MemoryFolders | undefined;
  /** What these may hold, beside the limit of memory. */
  memoryFolderBytes: number;
}

/** A control group of an attempt. */
export interface AttemptGroup {
  enter(pid: number): Promise<void>;
  usage(): Promise<GroupUsage>;
}

const stoppedEnd: JobAttemptEnd = {
  type: 'killed',
  reason: 'stopped',
  message: 'The job was stopped',
};

/**
 * Runs a command under the limits of an attempt until it and all that it
 * started have ended.
 */
export async function runConfined(
  command: ConfinedCommand,
  attempt: Pick<JobAttemptStart, 'limits' | 'signal'>,
  watcher: ProcessWatcher,
  group: AttemptGroup | undefined,
): Promise<JobAttemptEnd> {
  const { limits, signal } = attempt;
  if (signal.aborted) return stoppedEnd;
  // The script is constant; the command comes as its arguments.
  const limited = [
    // It starts nothing before it is in its group.
    ...(group ? ['read -r go <&4 || exit 1', 'exec 4<&-'] : []),
    'ulimit -c 0',
    `ulimit -f ${Math.ceil(command.fileBytes / 512)}`,
    // Builds have hundreds of files open, and a job with more only holds the kernel's memory.
    `most=$(ulimit -H -n); if [ "$most" = unlimited ] || [ "$most" -gt ${MAX_OPEN_FILES} ]; then ulimit -n ${MAX_OPEN_FILES}; fi`,
    // Of each process; of all together, the watcher sees to it.
    `ulimit -S -t ${Math.ceil(limits.cpuSeconds)}`,
    // The backend goes first where there is not enough for both.
    'exec nice -n 10 "$@"',
  ].join('; ');
  const child = spawn(
    '/bin/sh',
    ['-c', limited, 'sh', command.file, ...command.args],
    {
      cwd: command.cwd,
      env: command.env,
      ...command.user,
      detached: true,
      stdio: [
        ...(['pipe', 'pipe', 'pipe'] as const),
        command.filter ? 'pipe' : 'ignore',
        ...(group ? (['pipe'] as const) : []),
      ],
    },
  );
  let killed: JobAttemptEnd | undefined;
  const kill = (end: JobAttemptEnd) => {
    killed ??= end;
    killGroup(child);
  };
  const exited = once(child, 'exit');
  give(child.stdin, command.input);
  if (command.filter) give(child.stdio[3] as Writable, command.filter);
  if (group) admit(child, group);
  const errorOutput = boundOutput(child, limits.outputBytes, kill);
  const timer = setTimeout(
    () => kill(timeoutEnd(limits.timeoutSeconds)),
    limits.timeoutSeconds * 1_000 + graceMilliseconds(limits.timeoutSeconds),
  );
  const onAbort = () => kill(stoppedEnd);
  signal.addEventListener('abort', onAbort);
  const unwatch =
    child.pid === undefined
      ? () => {}
      : watcher.observe(
          child.pid,
          boundTree(limits, command.memoryFolders, group, kill),
        );
  try {
    const [code, exitSignal] = await exited;
    if (group) endByGroup(await group.usage(), limits, kill);
    return killed ?? endOf(code, exitSignal, errorOutput(), limits);
  } catch (error) {
    const message = `The job runner could not be started: ${
      (error as Error).message
    }`;
    return { type: 'crashed', message };
  } finally {
    clearTimeout(timer);
    unwatch();
    signal.removeEventListener('abort', onAbort);
    killGroup(child);
    if (command.marker) await killMarked(command.marker);
    child.stdout!.destroy();
    child.stderr!.destroy();
  }
}

/** Looks at all processes of the job together. */
function boundTree(
  limits: JobAttemptStart['limits'],
  places: MemoryFolders | undefined,
  group: AttemptGroup | undefined,
  kill: (end: JobAttemptEnd) => void,
): (tree: ProcessEntry[]) => void {
  const cpu = new CpuMeter();
  let measuring = false;
  return async tree => {
    if (tree.length > MAX_PROCESSES) kill(processesEnd(tree.length));
    if (cpu.read(tree) > limits.cpuSeconds) kill(cpuEnd(limits.cpuSeconds));
    // The kernel may take its time to tell; nobody waits for that.
    if (measuring) return;
    measuring = true;
    if (group) {
      const usage = await group.usage();
      endByGroup(usage, limits, kill);
      // With what no process tells of.
      if (usage.cpuSeconds > limits.cpuSeconds) kill(cpuEnd(limits.cpuSeconds));
    }
    const bytes = await treeMemory(tree, limits.memoryBytes, places);
    measuring = false;
    if (bytes > limits.memoryBytes) kill(memoryEnd(bytes, limits.memoryBytes));
  };
}

/** Before it starts anything: it waits for a word. */
async function admit(child: ChildProcess, group: AttemptGroup): Promise<void> {
  const gate = child.stdio[4] as Writable;
  gate.on('error', () => {}); // It may be killed before it has read.
  if (child.pid !== undefined) await group.enter(child.pid);
  gate.end('go\n');
}

/** The kernel may have killed a single process of it: the job is not what it was. */
function endByGroup(
  { outOfMemory, outOfThreads }: GroupUsage,
  { memoryBytes }: JobAttemptStart['limits'],
  kill: (end: JobAttemptEnd) => void,
): void {
  if (outOfMemory) {
    const message = `The job ran out of memory; its limit is ${mebibytes(
      memoryBytes,
    )}`;
    kill({ type: 'killed', reason: 'out-of-memory', message });
  } else if (outOfThreads) {
    const message = `The job started more than ${MAX_THREADS} threads`;
    kill({ type: 'killed', reason: 'too-many-processes', message });
  }
}

function timeoutEnd(seconds: number): JobAttemptEnd {
  const message = `The job took longer than its ${seconds} seconds`;
  return { type: 'killed', reason: 'timeout', message };
}

function memoryEnd(bytes: number, limit: number): JobAttemptEnd {
  const message = `The job used ${mebibytes(
    bytes,
  )} of memory; its limit is ${mebibytes(limit)}`;
  return { type: 'killed', reason: 'out-of-memory', message };
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}

function processesEnd(count: number): JobAttemptEnd {
  const message = `The job started ${count} processes; its limit is ${MAX_PROCESSES}`;
  return { type: 'killed', reason: 'too-many-processes', message };
}

function cpuEnd(seconds: number): JobAttemptEnd {
  const message = `The job used more than its ${seconds} seconds of processor time`;
  return { type: 'killed', reason: 'cpu-limit', message };
}

function endOf(
  code: number | null,
  signal: string | null,
  errorOutput: string,
  { cpuSeconds }: JobAttemptStart['limits'],
): JobAttemptEnd {
  if (code === 0) return { type: 'exited', code };
  // The runner itself, before anybody looked; the sandbox tells it as a code.
  if (signal === 'SIGXCPU' || code === 128 + constants.signals.SIGXCPU) {
    return cpuEnd(cpuSeconds);
  }
  const lastLine = errorOutput.trim().split('\n').pop();
  const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
  const why = lastLine ? `: ${lastLine}` : '';
  return { type: 'crashed', message: `The job runner ${how}${why}` };
}

/** Counts what it prints, and keeps the last of its error output. */
function boundOutput(
  child: ChildProcess,
  limit: number,
  kill: (end: JobAttemptEnd) => void,
): () => string {
  let total = 0;
  let errorOutput = Buffer.alloc(0);
  const count = (chunk: Buffer) => {
    total += chunk.length;
    if (total <= limit) return;
    const message = `The job printed more than ${limit} bytes`;
    kill({ type: 'killed', reason: 'output-limit', message });
  };
  child.stdout!.on('data', count);
  child.stderr!.on('data', (chunk: Buffer) => {
    count(chunk);
    errorOutput = Buffer.concat([errorOutput, chunk]).subarray(
      -ERROR_OUTPUT_KEPT,
    );
  });
  return () => errorOutput.toString('utf8');
}

function give(stream: Writable | null, input: string | Buffer): void {
  stream!.on('error', () => {}); // It may end before it has read.
  stream!.end(input);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

/** Kills what left the process group; again, since a killed process may just have started another. */
async function killMarked(marker: string): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const pids = await findByEnvironment(marker);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended meanwhile.
      }
    }
  }
}
