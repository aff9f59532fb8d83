import { spawn } from 'child_process';
import { existsSync } from 'fs';
import { release } from 'os';
import { Writable } from 'stream';
import { once } from 'events';
import { JobUser } from './jobUser';
import { RunnerFiles } from './runnerFiles';
import { seccompFilter } from './seccompFilter';

/** What a runner sees of this machine beside the system. */
export interface SandboxMounts extends RunnerFiles {
  socketPath: string;
  /** Bound of each place where a job may write. */
  diskBytes: number;
}

/** Of this machine's architecture, where it is a known one. */
export const kernelFilter = seccompFilter(process.arch);

/** On which bubblewrap reads {@link kernelFilter}. */
const FILTER_DESCRIPTOR = 3;

/** Where things lie inside of the sandbox. */
export const inside = {
  node: '/skein/node',
  runnerFolder: '/skein/runner',
  /** Above the runner, so that it finds them as it would anywhere. */
  packages: '/skein/node_modules',
  socket: '/skein/jobs.sock',
  work: '/work',
} as const;

/** Programs and libraries; nothing of `/etc`, `/home`, `/root`, `/var` or `/run`. */
const systemFolders = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64'];
const systemFiles = ['/etc/alternatives', '/etc/ld.so.cache'];

/**
 * Arguments of bubblewrap: namespaces of its own for processes, network (none),
 * users and all else; a read-only system, and the only writable places on
 * bounded memory file systems that vanish with it.
 */
export function sandboxArguments(mounts: SandboxMounts): string[] {
  const { diskBytes } = mounts;
  return [
    ...['--unshare-all', '--unshare-user', '--disable-userns'],
    ...['--uid', '1000', '--gid', '1000', '--hostname', 'job'],
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...['--clearenv'],
    ...systemFolders.flatMap(path => ['--ro-bind-try', path, path]),
    ...systemFiles.flatMap(path => ['--ro-bind-try', path, path]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--size', String(64 * 1024 ** 2), '--tmpfs', '/dev/shm'],
    ...['--size', String(diskBytes), '--tmpfs', '/tmp'],
    ...['--size', String(diskBytes), '--tmpfs', inside.work],
    ...['--ro-bind', mounts.node, inside.node],
    ...['--ro-bind', mounts.runnerFolder, inside.runnerFolder],
    ...mounts.runnerPackages.flatMap(({ folder, name }) => [
      ...['--ro-bind', folder, `${inside.packages}/${name}`],
    ]),
    // Connecting needs no more; its mode is not the job's to change.
    ...['--ro-bind', mounts.socketPath, inside.socket],
    // What bubblewrap itself made is writable without a bound otherwise, and
    // `/proc` holds what counts for the whole machine, `/proc/sys` above all.
    ...['--remount-ro', '/proc', '--remount-ro', '/dev', '--remount-ro', '/'],
    ...['--chdir', inside.work],
    ...(kernelFilter ? ['--seccomp', String(FILTER_DESCRIPTOR)] : []),
  ];
}

const PRLIMIT = '/usr/bin/prlimit';

/**
 * Words before the command that bound the threads of all of a job's processes:
 * a fork bomb gets no further until it is seen and killed. It is so many more
 * than a job may have processes, that it is seen before its forks fail. Since Linux 5.14 the
 * kernel counts them for each sandbox alone; before, it would count those of
 * the whole user. It does not bind root.
 */
export function threadLimit(): string[] {
  const [major, minor] = release().split('.').map(Number);
  const countsAlone = major > 5 || (major === 5 && minor >= 14);
  return countsAlone && existsSync(PRLIMIT)
    ? [PRLIMIT, '--nproc=4096:4096']
    : [];
}

/** Whether jobs can be confined on this machine. */
export interface SandboxDetection {
  bubblewrap: string | undefined;
  /** One sentence. */
  description: string;
}

const LIMITS = existsSync('/proc/self/stat')
  ? 'time, processor time, memory and output'
  : 'time and output';

const NOT_SANDBOXED = `Jobs run as plain child processes: they are limited in ${LIMITS}, but can read what this user can and use the network`;

/** Tries bubblewrap once, with the very arguments that a job gets. */
export async function detectSandbox(
  mounts: SandboxMounts,
  user: JobUser | undefined,
): Promise<SandboxDetection> {
  const bubblewrap = (process.env.PATH ?? '')
    .split(':')
    .map(folder => `${folder}/bwrap`)
    .find(path => path.startsWith('/') && existsSync(path));
  if (!bubblewrap) {
    return {
      bubblewrap: undefined,
      description: `${NOT_SANDBOXED}, since bubblewrap is not installed (Debian: apt install bubblewrap).`,
    };
  }
  try {
    const check = ['sh', '-c', '"$1" --version && git --version', 'sh'];
    await runOnce(
      bubblewrap,
      [
        ...sandboxArguments(mounts),
        ...['--setenv', 'PATH', '/usr/bin:/bin', '--', ...threadLimit()],
        ...check,
        inside.node,
      ],
      user,
    );
  } catch (error) {
    const [reason] = (error as Error).message.trim().split('\n');
    return {
      bubblewrap: undefined,
      description: `${NOT_SANDBOXED}, since bubblewrap does not work here: ${reason}`,
    };
  }
  return {
    bubblewrap,
    description:
      'Each job runs in a bubblewrap sandbox: no network, a read-only system, no files of this machine but its own checkout, and limits on time, processor time, memory, disk and output.',
  };
}

/** @throws Error with what it printed on its error output, where it did not succeed */
async function runOnce(
  bubblewrap: string,
  args: string[],
  user: JobUser | undefined,
): Promise<void> {
  const child = spawn(bubblewrap, args, {
    ...user,
    cwd: '/',
    env: {},
    timeout: 20_000,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr!.on('data', chunk => (errors += chunk));
  const filter = child.stdio[FILTER_DESCRIPTOR] as Writable;
  filter.on('error', () => {}); // It may end before it has read.
  filter.end(kernelFilter);
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(errors || `it ended with ${code ?? signal}`);
}
