import { InputError } from '@backstage/errors';
import { execFile } from 'child_process';
import { promisify } from 'util';

/** A user of the host as whom jobs run. */
export interface JobUser {
  uid: number;
  gid: number;
}

/** What decides about it. */
export interface JobUserOptions {
  /** Of this process; undefined where there are no numbers for users. */
  ownUid: number | undefined;
  /** `campaigns.executor.local.user` */
  configured?: number;
  /** `campaigns.executor.local.dangerouslyRunJobsAsRoot` */
  runAsRoot?: boolean;
}

const USER_KEY = 'campaigns.executor.local.user';
const ROOT_KEY = 'campaigns.executor.local.dangerouslyRunJobsAsRoot';

/**
 * Of nobody by the conventions of distributions and of systemd, and within the
 * numbers that a container without privileges has.
 */
const UNUSED_UID = 65_533;

/**
 * Decides as whom jobs run.
 *
 * @returns undefined for the user of this process
 * @throws InputError where the configuration asks for what cannot be
 */
export function jobUserOf(options: JobUserOptions): JobUser | undefined {
  const { configured, ownUid, runAsRoot } = options;
  if (configured !== undefined && !isUid(configured)) {
    throw new InputError(
      `\`${USER_KEY}\` is ${configured}. It is the number of an ordinary user: a whole number above 0.`,
    );
  }
  if (ownUid !== 0) {
    if (configured === undefined || configured === ownUid) return undefined;
    throw new InputError(
      `\`${USER_KEY}\` is ${configured}, but the back end runs as user ${ownUid}, and only root can start jobs as somebody else. Leave the key out, or start the back end as ${configured}.`,
    );
  }
  if (runAsRoot) return undefined;
  const uid = configured ?? UNUSED_UID;
  return { uid, gid: uid };
}

function isUid(value: number): boolean {
  // 2^32 - 1 means "as it is" to the kernel.
  return Number.isInteger(value) && value > 0 && value < 2 ** 32 - 1;
}

/**
 * Starts a process as that user.
 *
 * @throws InputError where this machine does not let it
 */
export async function checkJobUser(user: JobUser): Promise<void> {
  try {
    await promisify(execFile)('/bin/sh', ['-c', ':'], {
      ...user,
      cwd: '/',
      env: {},
      timeout: 20_000,
    });
  } catch (error) {
    const { code = (error as Error).message } = error as { code?: string };
    throw new InputError(
      `The back end runs as root, jobs never do, and none can be started as user ${user.uid}: ${code}. Run the back end as an ordinary user, or let it change users (the capabilities SETUID and SETGID), or set \`${USER_KEY}\` to a user that this container knows. If jobs shall run as root, with all that this opens to the code of repositories, set \`${ROOT_KEY}: true\`.`,
    );
  }
}
