import { existsSync } from 'fs';
import { readFile } from 'fs/promises';
import { JobUser } from './jobUser';
import { listProcesses, treeOf } from './processTree';
import { Probe, startProbe } from './probe';
import {
  inside,
  kernelFilter,
  sandboxArguments,
  SandboxMounts,
  threadLimit,
} from './sandbox';

/** Whether jobs can be confined on this machine. */
export interface SandboxDetection {
  bubblewrap: string | undefined;
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
  try {
    const check = ['sh', '-c', '"$1" --version && git --version && cat', 'sh'];
    const tellsShared = await readShared(
      startProbe(
        bubblewrap,
        [
          ...sandboxArguments(mounts),
          ...['--setenv', 'PATH', '/usr/bin:/bin', '--', ...threadLimit()],
          ...check,
          inside.node,
        ],
        { user, filter: kernelFilter },
      ),
    );
    return {
      bubblewrap,
      tellsShared,
      description:
        'Each job runs in a bubblewrap sandbox: no network, a read-only system, no files of this machine but its own checkout, and limits on time, processor time, memory, disk and output.',
    };
  } catch (error) {
    const [reason] = (error as Error).message.trim().split('\n');
    return detectPlain(
      `${NOT_SANDBOXED}, since bubblewrap does not work here: ${reason}`,
      user,
    );
  }
}

/** Where jobs are plain child processes. */
export async function detectPlain(
  description: string,
  user: JobUser | undefined,
): Promise<SandboxDetection> {
  const tellsShared = await readShared(
    startProbe('/bin/cat', [], { user }),
  ).catch(() => false);
  return { bubblewrap: undefined, description, tellsShared };
}

/** @returns why a user can make no user namespaces; undefined where it can */
export async function whyNoNamespaces(
  user: JobUser | undefined,
): Promise<string | undefined> {
  const unshare = findProgram('unshare');
  if (!unshare) return 'unshare is not installed';
  const probe = startProbe(unshare, ['--user', 'true'], { user });
  return probe.ended.then(
    () => undefined,
    error => (error as Error).message.trim().split('\n')[0],
  );
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
