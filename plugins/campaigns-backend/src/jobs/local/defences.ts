import { JobDefence } from '@skein/plugin-campaigns-node';
import { JobUser } from './jobUser';

/** What was found out about this machine. */
export interface DefenceFacts {
  /** Whether jobs run in bubblewrap, and the sentence that says so or why not. */
  sandbox: { works: boolean; description: string };
  /** As whom jobs run; undefined for the user of this process. */
  user: JobUser | undefined;
  ownUid: number | undefined;
  /** Why no user namespaces can be made; undefined where they can. */
  withoutNamespaces: string | undefined;
  /** Whether there is a filter of kernel calls for this processor. */
  filtersCalls: boolean;
  /** Whether the kernel counts the threads of a sandbox alone, and bounds them. */
  countsThreads: boolean;
  /** Why the number of files in a sandbox is not bounded; undefined where it is. */
  withoutInodeLimit: string | undefined;
  /** Whether the memory that processes of a job share can be told. */
  tellsShared: boolean;
  /** Which version of control groups jobs run in, or why in none. */
  controlGroups:
    | { version: 1 | 2; sharesCpu: boolean }
    | { version: undefined; reason: string };
}

const INSIDE = 'It is a part of the sandbox, which does not work here.';

/** The list of what confines jobs on this machine, and of what does not. */
export function defencesOf(facts: DefenceFacts): JobDefence[] {
  return [
    {
      id: 'sandbox',
      title: 'Sandbox',
      holds: facts.sandbox.works,
      description: facts.sandbox.description,
    },
    jobUser(facts),
    userNamespaces(facts),
    kernelCalls(facts),
    threads(facts),
    inodes(facts),
    controlGroups(facts),
    sharedMemory(facts),
  ];
}

function jobUser({ ownUid, user }: DefenceFacts): JobDefence {
  const about = { id: 'jobUser', title: 'Ordinary user' };
  if (user) {
    return {
      ...about,
      holds: true,
      description: `The back end is root, and starts jobs as user ${user.uid}.`,
    };
  }
  if (ownUid !== 0) {
    return {
      ...about,
      holds: true,
      description: 'Jobs run as the user of the back end, who is not root.',
    };
  }
  return {
    ...about,
    holds: false,
    description:
      'Jobs run as root, as `campaigns.executor.local.dangerouslyRunJobsAsRoot` says: a hole in what confines them opens the whole machine or container.',
  };
}

function userNamespaces(facts: DefenceFacts): JobDefence {
  const { sandbox, withoutNamespaces } = facts;
  const about = { id: 'userNamespaces', title: 'User namespaces' };
  if (sandbox.works) {
    return {
      ...about,
      holds: true,
      description:
        'The users of a sandbox are its own: whatever a process is in there, it has no rights outside.',
    };
  }
  return {
    ...about,
    holds: false,
    description:
      withoutNamespaces === undefined
        ? 'This machine has them, but only a sandbox makes use of them, and there is none.'
        : `None can be made here, which the sandbox needs: ${withoutNamespaces}. Allow them (the sysctls user.max_user_namespaces, kernel.unprivileged_userns_clone and kernel.apparmor_restrict_unprivileged_userns; in a container, its seccomp profile).`,
  };
}

function kernelCalls({ filtersCalls, sandbox }: DefenceFacts): JobDefence {
  return {
    id: 'kernelCallFilter',
    title: 'Filter of kernel calls',
    ...inSandbox(
      sandbox.works,
      filtersCalls,
      'Calls that no build needs are refused (seccomp), among them those for memory that counts for no process.',
      `There is none for this processor (${process.arch}): jobs may call all of the kernel.`,
    ),
  };
}

function threads({ countsThreads, sandbox }: DefenceFacts): JobDefence {
  return {
    id: 'threadLimit',
    title: 'Limit of threads',
    ...inSandbox(
      sandbox.works,
      countsThreads,
      'The kernel stops a fork bomb at 4,096 threads, until the job is ended for it.',
      'It needs Linux 5.14 or later, and prlimit (Debian: apt install util-linux): a fork bomb goes on until it is seen, five times a second.',
    ),
  };
}

function inodes({ sandbox, withoutInodeLimit }: DefenceFacts): JobDefence {
  return {
    id: 'inodeLimit',
    title: 'Limit of files',
    ...inSandbox(
      sandbox.works,
      withoutInodeLimit === undefined,
      'Each place where a job may write has a bound for the number of its files, also of empty ones, beside that of their size.',
      `The places where a job may write are bounded in size, but not in the number of files, because ${withoutInodeLimit}. What empty files hold is counted as memory, five times a second.`,
    ),
  };
}

function controlGroups({ controlGroups: found }: DefenceFacts): JobDefence {
  const about = { id: 'controlGroups', title: 'Control groups' };
  if (found.version === undefined) {
    return {
      ...about,
      holds: false,
      description: `Jobs run in none of their own, because ${found.reason}. Memory is measured five times a second instead, what open pipes and sockets hold is bounded by their number alone, and a job without a sandbox can leave processes behind. Give the back end a group of its own (systemd: Delegate=memory pids cpu).`,
    };
  }
  return {
    ...about,
    holds: true,
    description: [
      `Each job runs in a control group of its own (version ${found.version}): the kernel bounds its memory, with what it holds for it, and its threads, and ends all of its processes.`,
      found.sharesCpu
        ? 'The back end goes first on the processors.'
        : 'The processors are shared out by threads: many of a job slow the back end down.',
    ].join(' '),
  };
}

function sharedMemory({ tellsShared }: DefenceFacts): JobDefence {
  return {
    id: 'sharedMemory',
    title: 'Shared memory counted once',
    holds: tellsShared,
    description: tellsShared
      ? 'Memory that processes of a job share counts once against its limit.'
      : 'The back end cannot read what processes of jobs share (as root it needs the capability SYS_PTRACE; Linux 4.14 or later): shared memory counts for each of them, and a job may be ended before its limit.',
  };
}

/** For a log: how jobs are confined, and what is missing, on one line. */
export function sayDefences(defences: JobDefence[]): string {
  return defences
    .filter(({ holds, id }) => id === 'sandbox' || !holds)
    .filter(({ description }) => description !== INSIDE)
    .map(({ description, id, title }) =>
      id === 'sandbox' ? description : `${title}: ${description}`,
    )
    .join(' ');
}

/** Of what is a part of the sandbox. */
function inSandbox(
  sandboxed: boolean,
  offered: boolean,
  what: string,
  otherwise: string,
): Pick<JobDefence, 'description' | 'holds'> {
  if (!sandboxed) return { holds: false, description: INSIDE };
  return { holds: offered, description: offered ? what : otherwise };
}
