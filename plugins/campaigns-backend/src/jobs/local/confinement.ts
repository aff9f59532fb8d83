import { InputError } from '@backstage/errors';
import { runnerBundlePath, runnerPackages } from '@skein/job-runner';
import { JobDefence } from '@skein/plugin-campaigns-node';
import { basename, dirname } from 'path';
import { ControlGroups, GroupDetection } from './controlGroups';
import { defencesOf } from './defences';
import {
  detectPlain,
  detectSandbox,
  SandboxDetection,
  whyNoNamespaces,
} from './detectSandbox';
import { sweepFolders } from './folders';
import { JobProtocolServer } from './JobProtocolServer';
import { checkJobUser, JobUser, jobUserOf } from './jobUser';
import { StagedFiles, stageRunnerFiles } from './runnerFiles';
import { kernelFilter, threadLimit } from './sandbox';

/** What is chosen about it. */
export interface ConfinementOptions {
  /** Where runners reach the job protocol. */
  server: JobProtocolServer;
  /** `auto` (default): in bubblewrap where it works. `required`: refuse to start where it does not. */
  sandbox?: 'auto' | 'required' | 'off';
  /** `auto` (default): in groups of their own where this machine lets the back end make some. */
  controlGroups?: 'auto' | 'off';
  /** Disk of one job, and size of its largest file. Default: 1 GiB. */
  diskBytes?: number;
  /** As whom jobs run where this process is root. Default: a user that nobody else is. */
  user?: number;
  /** Do not change the user where this process is root. */
  dangerouslyRunJobsAsRoot?: boolean;
  /** The runner. Default: the one that belongs to this version. */
  bundlePath?: string;
}

/** How jobs are confined here; found out once. */
export interface Confinement {
  server: JobProtocolServer;
  user: JobUser | undefined;
  staged: StagedFiles;
  bundleName: string;
  diskBytes: number;
  detection: SandboxDetection;
  groups: ControlGroups | undefined;
  defences: JobDefence[];
}

/** Before anything was tried. */
type Prepared = Omit<Confinement, 'defences' | 'detection' | 'groups'>;

/**
 * Finds out how jobs can be confined, and puts in place what they need.
 *
 * @throws InputError where a sandbox is required and does not work, or jobs
 * cannot run as an ordinary user
 * @throws Error where the runner has not been built
 */
export async function confine(
  options: ConfinementOptions,
): Promise<Confinement> {
  const bundlePath = options.bundlePath ?? runnerBundlePath();
  const user = jobUserOf({
    ownUid: process.getuid?.(),
    configured: options.user,
    runAsRoot: options.dangerouslyRunJobsAsRoot,
  });
  if (user) await checkJobUser(user);
  await sweepFolders();
  const staged = await stageRunnerFiles(
    {
      node: process.execPath,
      runnerFolder: dirname(bundlePath),
      runnerPackages: runnerPackages(),
    },
    user,
  );
  const prepared = {
    server: options.server,
    user,
    staged,
    bundleName: basename(bundlePath),
    diskBytes: options.diskBytes ?? 1024 ** 3,
  };
  try {
    const detection = await detect(options, prepared);
    const detected = await detectGroups(options, user);
    return {
      ...prepared,
      detection,
      groups: detected.groups,
      defences: await judge(user, detection, detected),
    };
  } catch (error) {
    await staged.remove();
    throw error;
  }
}

/** Tries what is configured, with a socket as jobs get it. */
async function detect(
  { sandbox }: ConfinementOptions,
  { diskBytes, server, staged, user }: Prepared,
): Promise<SandboxDetection> {
  if (sandbox === 'off') {
    return detectPlain(
      'Jobs run as plain child processes, without a sandbox, as the configuration says.',
      user,
    );
  }
  const socket = await server.open(user);
  try {
    const detection = await detectSandbox(
      { ...staged.files, socketPath: socket.path, diskBytes },
      user,
    );
    if (sandbox === 'required' && !detection.programs) {
      throw new InputError(
        `The configuration requires a sandbox for jobs. ${detection.description}`,
      );
    }
    return detection;
  } finally {
    await socket.close();
  }
}

async function detectGroups(
  { controlGroups }: ConfinementOptions,
  user: JobUser | undefined,
): Promise<GroupDetection> {
  return controlGroups === 'off'
    ? { groups: undefined, reason: 'the configuration says so' }
    : ControlGroups.detect(user);
}

async function judge(
  user: JobUser | undefined,
  detection: SandboxDetection,
  detected: GroupDetection,
): Promise<JobDefence[]> {
  const { description, programs, tellsShared, withoutInodeLimit } = detection;
  const works = programs !== undefined;
  return defencesOf({
    sandbox: { works, description },
    user,
    ownUid: process.getuid?.(),
    withoutNamespaces: works ? undefined : await whyNoNamespaces(user),
    filtersCalls: kernelFilter !== undefined,
    countsThreads: threadLimit().length > 0,
    withoutInodeLimit,
    tellsShared,
    controlGroups: detected.groups
      ? {
          version: detected.groups.version,
          sharesCpu: detected.groups.sharesCpu,
        }
      : { version: undefined, reason: detected.reason },
  });
}
