import { InputError } from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import { runnerBundlePath, runnerPackages } from '@skein/job-runner';
import {
  JobAttemptEnd,
  JobAttemptStart,
  JobDefence,
  JobExecutor,
  SandboxDescription,
} from '@skein/plugin-campaigns-node';
import { randomUUID } from 'crypto';
import { chown, rm } from 'fs/promises';
import { basename, dirname, join } from 'path';
import { ConfinedCommand, runConfined } from './ConfinedProcess';
import {
  floodMessage,
  JobProtocolServer,
  JobSocket,
} from './JobProtocolServer';
import { defencesOf } from './defences';
import {
  detectPlain,
  detectSandbox,
  SandboxDetection,
  whyNoNamespaces,
} from './detectSandbox';
import { checkJobUser, JobUser, jobUserOf } from './jobUser';
import { ProcessWatcher } from './ProcessWatcher';
import { makeFolder } from './openFolder';
import { StagedFiles, stageRunnerFiles } from './runnerFiles';
import { inside, kernelFilter, sandboxArguments, threadLimit } from './sandbox';

/** How {@link LocalJobExecutor} runs jobs. */
export interface LocalJobExecutorOptions {
  /** Where runners reach the job protocol. */
  server: JobProtocolServer;
  concurrency: number;
  /** `auto` (default): in bubblewrap where it works. `required`: refuse to start where it does not. */
  sandbox?: 'auto' | 'required' | 'off';
  /** Disk of one job, and size of its largest file. Default: 1 GiB. */
  diskBytes?: number;
  /** As whom jobs run where this process is root. Default: a user that nobody else is. */
  user?: number;
  /** Do not change the user where this process is root. */
  dangerouslyRunJobsAsRoot?: boolean;
  /** The runner. Default: the one that belongs to this version. */
  bundlePath?: string;
  logger: LoggerService;
}

const REMIND_MILLISECONDS = 3_600_000;

/** How jobs are confined here; found out once. */
interface Confinement {
  server: JobProtocolServer;
  user: JobUser | undefined;
  staged: StagedFiles;
  bundleName: string;
  diskBytes: number;
  detection: SandboxDetection;
  defences: JobDefence[];
}

/** Runs each job as a child process of this one, in a bubblewrap sandbox where that works. */
export class LocalJobExecutor implements JobExecutor {
  readonly id = 'local';
  readonly concurrency: number;
  readonly #confinement: Confinement;
  readonly #watcher = new ProcessWatcher();
  readonly #reminder: NodeJS.Timeout | undefined;

  private constructor(
    concurrency: number,
    confinement: Confinement,
    logger: LoggerService,
  ) {
    this.concurrency = concurrency;
    this.#confinement = confinement;
    const { bubblewrap, description } = confinement.detection;
    if (bubblewrap) {
      logger.info(description);
      return;
    }
    // Who reads a log seldom begins where it does.
    const warn = () => logger.warn(description);
    warn();
    this.#reminder = setInterval(warn, REMIND_MILLISECONDS).unref();
  }

  /**
   * @throws InputError where a sandbox is required and does not work, or jobs
   * cannot run as an ordinary user
   * @throws Error where the runner has not been built
   */
  static async create(
    options: LocalJobExecutorOptions,
  ): Promise<LocalJobExecutor> {
    const bundlePath = options.bundlePath ?? runnerBundlePath();
    const user = jobUserOf({
      ownUid: process.getuid?.(),
      configured: options.user,
      runAsRoot: options.dangerouslyRunJobsAsRoot,
    });
    if (user) await checkJobUser(user);
    const staged = await stageRunnerFiles(
      {
        node: process.execPath,
        runnerFolder: dirname(bundlePath),
        runnerPackages: runnerPackages(),
      },
      user,
    );
    const confinement = {
      server: options.server,
      user,
      staged,
      bundleName: basename(bundlePath),
      diskBytes: options.diskBytes ?? 1024 ** 3,
    };
    try {
      const detection = await detect(options, confinement);
      return new LocalJobExecutor(
        options.concurrency,
        {
          ...confinement,
          detection,
          defences: await judgeDefences(user, detection),
        },
        options.logger,
      );
    } catch (error) {
      await staged.remove();
      throw error;
    }
  }

  /** Removes what was put in place for jobs. */
  async stop(): Promise<void> {
    clearInterval(this.#reminder);
    await this.#confinement.staged.remove();
  }

  async describeSandbox(): Promise<SandboxDescription> {
    const { defences, detection } = this.#confinement;
    const { bubblewrap, description } = detection;
    return { sandboxed: bubblewrap !== undefined, description, defences };
  }

  async run(attempt: JobAttemptStart): Promise<JobAttemptEnd> {
    const { server, user } = this.#confinement;
    const socket = await server.open(user);
    const { flooded } = socket;
    const signal = AbortSignal.any([attempt.signal, flooded]);
    try {
      const end = await this.#runOn(socket, { ...attempt, signal });
      return flooded.aborted && !attempt.signal.aborted
        ? { type: 'crashed', message: floodMessage }
        : end;
    } finally {
      await socket.close();
    }
  }

  async #runOn(
    socket: JobSocket,
    attempt: JobAttemptStart,
  ): Promise<JobAttemptEnd> {
    const { bubblewrap } = this.#confinement.detection;
    if (!bubblewrap) return this.#runPlain(socket, attempt);
    const command = this.#sandboxed(bubblewrap, socket, attempt);
    return runConfined(command, attempt, this.#watcher);
  }

  #sandboxed(
    bubblewrap: string,
    socket: JobSocket,
    attempt: JobAttemptStart,
  ): ConfinedCommand {
    const { bundleName, diskBytes, staged, user } = this.#confinement;
    const env = {
      PATH: '/usr/bin:/bin',
      ...this.#environment(inside.work, '/tmp', inside.socket),
    };
    const mounts = { ...staged.files, socketPath: socket.path, diskBytes };
    return {
      file: bubblewrap,
      args: [
        ...sandboxArguments(mounts),
        ...Object.entries(env).flatMap(([name, value]) => [
          '--setenv',
          name,
          value,
        ]),
        ...['--', ...threadLimit(), inside.node],
        `${inside.runnerFolder}/${bundleName}`,
      ],
      cwd: '/',
      env: {},
      user,
      marker: undefined,
      input: attempt.token,
      filter: kernelFilter,
      fileBytes: diskBytes,
      memoryFolders: {
        landmark: inside.node,
        folders: [inside.work, '/tmp', '/dev/shm'],
      },
    };
  }

  async #runPlain(
    socket: JobSocket,
    attempt: JobAttemptStart,
  ): Promise<JobAttemptEnd> {
    const { user } = this.#confinement;
    const folder = await makeFolder('skein-job-', user);
    try {
      if (user) await chown(folder, user.uid, user.gid);
      const command = this.#plain(folder, socket, attempt);
      return await runConfined(command, attempt, this.#watcher);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  #plain(
    folder: string,
    socket: JobSocket,
    attempt: JobAttemptStart,
  ): ConfinedCommand {
    const { bundleName, diskBytes, staged, user } = this.#confinement;
    const { node, runnerFolder } = staged.files;
    const marker = `SKEIN_ATTEMPT=${randomUUID()}`;
    const [name, value] = marker.split('=');
    const path = process.env.PATH ?? '/usr/bin:/bin';
    return {
      file: node,
      args: [join(runnerFolder, bundleName)],
      cwd: folder,
      env: {
        // Checks find the same programs, a node that the user cannot reach too.
        PATH: node === process.execPath ? path : `${path}:${dirname(node)}`,
        ...this.#environment(folder, folder, socket.path),
        [name]: value,
      },
      user,
      marker,
      input: attempt.token,
      filter: undefined,
      fileBytes: diskBytes,
      memoryFolders: undefined,
    };
  }

  /** All that a runner and its checks find in their environment; nothing of the backend's own. */
  #environment(
    work: string,
    temporary: string,
    socket: string,
  ): Record<string, string> {
    return {
      HOME: work,
      TMPDIR: temporary,
      LANG: 'C.UTF-8',
      SKEIN_JOB_URL: `unix:${socket}`,
      SKEIN_WORK_FOLDER: work,
      SKEIN_SANDBOX: this.#confinement.detection.description,
    };
  }
}

/** Tries what is configured, with a socket as jobs get it. */
async function detect(
  { sandbox }: LocalJobExecutorOptions,
  confinement: Omit<Confinement, 'defences' | 'detection'>,
): Promise<SandboxDetection> {
  if (sandbox === 'off') {
    return detectPlain(
      'Jobs run as plain child processes, without a sandbox, as the configuration says.',
      confinement.user,
    );
  }
  const { diskBytes, server, staged, user } = confinement;
  const socket = await server.open(user);
  try {
    const detection = await detectSandbox(
      { ...staged.files, socketPath: socket.path, diskBytes },
      user,
    );
    if (sandbox === 'required' && !detection.bubblewrap) {
      throw new InputError(
        `The configuration requires a sandbox for jobs. ${detection.description}`,
      );
    }
    return detection;
  } finally {
    await socket.close();
  }
}

async function judgeDefences(
  user: JobUser | undefined,
  { bubblewrap, description, tellsShared }: SandboxDetection,
): Promise<JobDefence[]> {
  const works = bubblewrap !== undefined;
  return defencesOf({
    sandbox: { works, description },
    user,
    ownUid: process.getuid?.(),
    withoutNamespaces: works ? undefined : await whyNoNamespaces(user),
    filtersCalls: kernelFilter !== undefined,
    countsThreads: threadLimit().length > 0,
    tellsShared,
  });
}
