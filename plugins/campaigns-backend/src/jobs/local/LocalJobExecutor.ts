import { InputError } from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import { runnerBundlePath, runnerPackages } from '@skein/job-runner';
import {
  JobAttemptEnd,
  JobAttemptStart,
  JobExecutor,
} from '@skein/plugin-campaigns-node';
import { randomUUID } from 'crypto';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { basename, dirname, join } from 'path';
import { ConfinedCommand, runConfined } from './ConfinedProcess';
import { ProcessWatcher } from './ProcessWatcher';
import {
  detectSandbox,
  inside,
  sandboxArguments,
  SandboxDetection,
  SandboxMounts,
  threadLimit,
} from './sandbox';

/** How {@link LocalJobExecutor} runs jobs. */
export interface LocalJobExecutorOptions {
  /** Of the {@link JobProtocolServer}. */
  socketPath: string;
  concurrency: number;
  /** `auto` (default): in bubblewrap where it works. `required`: refuse to start where it does not. */
  sandbox?: 'auto' | 'required' | 'off';
  /** Disk of one job, and size of its largest file. Default: 1 GiB. */
  diskBytes?: number;
  /** The runner. Default: the one that belongs to this version. */
  bundlePath?: string;
  logger: LoggerService;
}

/** Runs each job as a child process of this one, in a bubblewrap sandbox where that works. */
export class LocalJobExecutor implements JobExecutor {
  readonly id = 'local';
  readonly concurrency: number;
  readonly #mounts: SandboxMounts;
  readonly #bundleName: string;
  readonly #detection: SandboxDetection;
  readonly #watcher = new ProcessWatcher();

  private constructor(
    concurrency: number,
    mounts: SandboxMounts,
    bundleName: string,
    detection: SandboxDetection,
  ) {
    this.concurrency = concurrency;
    this.#mounts = mounts;
    this.#bundleName = bundleName;
    this.#detection = detection;
  }

  /**
   * @throws InputError where a sandbox is required and does not work
   * @throws Error where the runner has not been built
   */
  static async create(
    options: LocalJobExecutorOptions,
  ): Promise<LocalJobExecutor> {
    const bundlePath = options.bundlePath ?? runnerBundlePath();
    const mounts = {
      runnerFolder: dirname(bundlePath),
      runnerPackages: runnerPackages(),
      socketPath: options.socketPath,
      diskBytes: options.diskBytes ?? 1024 ** 3,
    };
    const detection =
      options.sandbox === 'off'
        ? {
            bubblewrap: undefined,
            description:
              'Jobs run as plain child processes, without a sandbox, as the configuration says.',
          }
        : await detectSandbox(mounts);
    if (options.sandbox === 'required' && !detection.bubblewrap) {
      throw new InputError(
        `The configuration requires a sandbox for jobs. ${detection.description}`,
      );
    }
    options.logger.info(detection.description);
    return new LocalJobExecutor(
      options.concurrency,
      mounts,
      basename(bundlePath),
      detection,
    );
  }

  async describeSandbox(): Promise<{
    sandboxed: boolean;
    description: string;
  }> {
    const { bubblewrap, description } = this.#detection;
    return { sandboxed: bubblewrap !== undefined, description };
  }

  async run(attempt: JobAttemptStart): Promise<JobAttemptEnd> {
    const { bubblewrap } = this.#detection;
    if (bubblewrap) {
      const command = this.#sandboxed(bubblewrap, attempt);
      return runConfined(command, attempt, this.#watcher);
    }
    const folder = await mkdtemp(join(tmpdir(), 'skein-job-'));
    try {
      const command = this.#plain(folder, attempt);
      return await runConfined(command, attempt, this.#watcher);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  #sandboxed(bubblewrap: string, attempt: JobAttemptStart): ConfinedCommand {
    const env = {
      PATH: '/usr/bin:/bin',
      ...this.#environment(inside.work, '/tmp', inside.socket),
    };
    const runner = `${inside.runnerFolder}/${this.#bundleName}`;
    return {
      file: bubblewrap,
      args: [
        ...sandboxArguments(this.#mounts),
        ...Object.entries(env).flatMap(([name, value]) => [
          '--setenv',
          name,
          value,
        ]),
        ...['--', ...threadLimit(), inside.node, runner],
      ],
      cwd: '/',
      env: {},
      marker: undefined,
      input: attempt.token,
      fileBytes: this.#mounts.diskBytes,
    };
  }

  #plain(folder: string, attempt: JobAttemptStart): ConfinedCommand {
    const marker = `SKEIN_ATTEMPT=${randomUUID()}`;
    const [name, value] = marker.split('=');
    return {
      file: process.execPath,
      args: [join(this.#mounts.runnerFolder, this.#bundleName)],
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '/usr/bin:/bin',
        ...this.#environment(folder, folder, this.#mounts.socketPath),
        [name]: value,
      },
      marker,
      input: attempt.token,
      fileBytes: this.#mounts.diskBytes,
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
      SKEIN_SANDBOX: this.#detection.description,
    };
  }
}
