import { existsSync } from 'fs';
import { readFile } from 'fs/promises';
import { JobUser } from './jobUser';
import { listProcesses, treeOf } from './processTree';
import { Probe, startProbe } from './probe';
import {
  inSandbox,
  inside,
  kernelFilter,
  SandboxMounts,
  SandboxPrograms,
  threadLimit,
} from './sandbox';

/** Whether jobs can be confined on this machine. */
export interface SandboxDetection {
  programs: SandboxPrograms | undefined;
  /** Why the number of files is not bounded, where there is a sandbox. */
  withoutInodeLimit: string | undefined;
  /** One sentence. */
  description: string;
  /** Whether this process can read what the processes of a job share. */
  tellsShared: boolean;
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
  const bubblewrap = findProgram('bwrap');
  if (!bubblewrap) {
    return detectPlain(
      `${NOT_SANDBOXED}, since bubblewrap is not installed (Debian: apt install bubblewrap).`,
      user,
    );
  }
  const unshare = findProgram('unshare');
  let withoutInodeLimit: string | undefined;
  if (unshare) {
    try {
      const programs = { bubblewrap, unshare };
      return await tryOut(programs, mounts, user, undefined);
    } catch (error) {
      withoutInodeLimit = firstLine(error);
    }
  } else {
    withoutInodeLimit = 'unshare is not installed';
  }
  try {
    const programs = { bubblewrap, unshare: undefined };
    return await tryOut(programs, mounts, user, withoutInodeLimit);
  } catch (error) {
    return detectPlain(
      `${NOT_SANDBOXED}, since bubblewrap does not work here: ${firstLine(
        error,
      )}`,
      user,
    );
  }
}

/** @throws Error with what the programs say, where it does not work */
async function tryOut(
  programs: SandboxPrograms,
  mounts: SandboxMounts,
  user: JobUser | undefined,
  withoutInodeLimit: string | undefined,
): Promise<SandboxDetection> {
  const check = ['sh', '-c', '"$1" --version && git --version && cat', 'sh'];
  const [file, ...words] = inSandbox(programs, mounts);
  const tellsShared = await readShared(
    startProbe(
      file,
      [
        ...words,
        ...['--setenv', 'PATH', '/usr/bin:/bin', '--', ...threadLimit()],
        ...check,
        inside.node,
      ],
      { user, filter: kernelFilter },
    ),
  );
  return {
    programs,
    tellsShared,
    withoutInodeLimit,
    description:
      'Each job runs in a bubblewrap sandbox: no network, a read-only system, no files of this machine but its own checkout, and limits on time, processor time, memory, disk and output.',
  };
}

/** Where jobs are plain child processes. */
export async function detectPlain(
  description: string,
  user: JobUser | undefined,
): Promise<SandboxDetection> {
  const tellsShared = await readShared(
    startProbe('/bin/cat', [], { user }),
  ).catch(() => false);
  return {
    programs: undefined,
    withoutInodeLimit: undefined,
    description,
    tellsShared,
  };
}

/** @returns why a user can make no user namespaces; undefined where it can */
export async function whyNoNamespaces(
  user: JobUser | undefined,
): Promise<string | undefined> {
  const unshare = findProgram('unshare');
  if (!unshare) return 'unshare is not installed';
  const probe = startProbe(unshare, ['--user', 'true'], { user });
  return probe.ended.then(() => undefined, firstLine);
}

function firstLine(error: unknown): string {
  return (error as Error).message.trim().split('\n')[0];
}

function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(':')
    .map(folder => `${folder}/${name}`)
    .find(path => path.startsWith('/') && existsSync(path));
}

/** Looks at the processes of a probe, then ends it. */
async function readShared(probe: Probe): Promise<boolean> {
  await probe.started;
  const tree = treeOf(probe.pid, await listProcesses());
  const readable = await Promise.all(
    tree.map(({ pid }) =>
      readFile(`/proc/${pid}/smaps_rollup`).then(
        () => true,
        () => false,
      ),
    ),
  );
  probe.finish();
  await probe.ended;
  return tree.length > 0 && readable.every(Boolean);
}
