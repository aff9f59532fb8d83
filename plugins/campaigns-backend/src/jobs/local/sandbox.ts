import { existsSync } from 'fs';
import { release } from 'os';
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

/** Of `/dev/shm`. */
export const SHARED_MEMORY_BYTES = 64 * 1024 ** 2;

/** A file with something in it takes one page at least; no place gets more inodes than it has pages. */
const PAGE_BYTES = 4_096;

/** Programs that make up a sandbox. */
export interface SandboxPrograms {
  bubblewrap: string;
  /** Makes places that are bounded in their number of files; undefined where that does not work. */
  unshare: string | undefined;
}

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

/** Where nothing is that is needed, in namespaces that only this sandbox is in. */
const PLACES = '/sys';

/**
 * bubblewrap bounds the size of a file system in memory, but not how many files
 * it has, each of which holds memory of the kernel. So they are made before it.
 */
const MAKE_PLACES = [
  `mount -n -t tmpfs -o size=64k,nr_inodes=8,mode=755 tmpfs ${PLACES}`,
  ...[1, 2, 3].flatMap(place => [
    `mkdir ${PLACES}/${place}`,
    `mount -n -t tmpfs -o "$1,mode=755,nosuid,nodev" tmpfs ${PLACES}/${place}`,
    'shift',
  ]),
  'exec "$@"',
].join(' && ');

/**
 * Words before a command, which start it in a sandbox: namespaces of its own
 * for processes, network (none), users and all else; a read-only system, and
 * the only writable places on bounded memory file systems that vanish with it.
 */
export function inSandbox(
  { bubblewrap, unshare }: SandboxPrograms,
  mounts: SandboxMounts,
): string[] {
  const places = [
    { path: '/dev/shm', bytes: SHARED_MEMORY_BYTES },
    { path: '/tmp', bytes: mounts.diskBytes },
    { path: inside.work, bytes: mounts.diskBytes },
  ];
  if (!unshare) {
    return [
      bubblewrap,
      ...sandboxArguments(
        mounts,
        places.flatMap(({ bytes, path }) => [
          ...['--size', String(bytes), '--tmpfs', path],
        ]),
      ),
    ];
  }
  return [
    ...[unshare, '-U', '-r', '-m', '/bin/sh', '-c', MAKE_PLACES, 'sh'],
    ...places.map(
      ({ bytes }) => `size=${bytes},nr_inodes=${Math.ceil(bytes / PAGE_BYTES)}`,
    ),
    bubblewrap,
    ...sandboxArguments(
      mounts,
      places.flatMap(({ path }, index) => [
        ...['--bind', `${PLACES}/${index + 1}`, path],
      ]),
    ),
  ];
}

/** @param places - arguments for what it can write */
function sandboxArguments(mounts: SandboxMounts, places: string[]): string[] {
  return [
    ...['--unshare-all', '--unshare-user', '--disable-userns'],
    ...['--uid', '1000', '--gid', '1000', '--hostname', 'job'],
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...['--clearenv'],
    ...systemFolders.flatMap(path => ['--ro-bind-try', path, path]),
    ...systemFiles.flatMap(path => ['--ro-bind-try', path, path]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...places,
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
