import { LoggerService } from '@backstage/backend-plugin-api';
import {
  JobAttemptEnd,
  JobAttemptStart,
  JobExecutor,
  SandboxDescription,
} from '@skein/plugin-campaigns-node';
import { chown } from 'fs/promises';
import { confine, Confinement, ConfinementOptions } from './confinement';
import { ConfinedCommand, MAX_THREADS, runConfined } from './ConfinedProcess';
import { sayDefences } from './defences';
import { floodMessage } from './JobProtocolServer';
import { ProcessWatcher } from './ProcessWatcher';
import { holdFolder } from './folders';
import { plainCommand, RunnerStart, sandboxedCommand } from './runnerCommand';

/** How {@link LocalJobExecutor} runs jobs. */
export interface LocalJobExecutorOptions extends ConfinementOptions {
  concurrency: number;
  logger: LoggerService;
}

const REMIND_MILLISECONDS = 3_600_000;

/** Runs each job as a child process of this one, in a bubblewrap sandbox where that works. */
export class LocalJobExecutor implements JobExecutor {
  readonly id = 'local';
  readonly concurrency: number;
  readonly #confinement: Confinement;
  readonly #logger: LoggerService;
  readonly #watcher = new ProcessWatcher();
  readonly #reminder: NodeJS.Timeout | undefined;

  private constructor(
    { concurrency, logger }: LocalJobExecutorOptions,
    confinement: Confinement,
  ) {
    this.concurrency = concurrency;
    this.#confinement = confinement;
    this.#logger = logger;
    const sentence = sayDefences(confinement.defences);
    if (confinement.detection.programs) {
      logger.info(sentence);
      return;
    }
    // Who reads a log seldom begins where it does.
    const warn = () => logger.warn(sentence);
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
    return new LocalJobExecutor(options, await confine(options));
  }

  /** Removes what was put in place for jobs. */
  async stop(): Promise<void> {
    clearInterval(this.#reminder);
    await this.#confinement.staged.remove();
  }

  async describeSandbox(): Promise<SandboxDescription> {
    const { defences, detection } = this.#confinement;
    const { description, programs } = detection;
    return { sandboxed: programs !== undefined, description, defences };
  }

  async run(attempt: JobAttemptStart): Promise<JobAttemptEnd> {
    const { server, user } = this.#confinement;
    const socket = await server.open(user);
    const { flooded } = socket;
    const signal = AbortSignal.any([attempt.signal, flooded]);
    const start = { socketPath: socket.path, token: attempt.token };
    try {
      const end = await this.#start(start, { ...attempt, signal });
      return flooded.aborted && !attempt.signal.aborted
        ? { type: 'crashed', message: floodMessage }
        : end;
    } finally {
      await this.#tryRemoving(attempt, socket.close());
    }
  }

  /** How it ended stands, also where a process that hides still writes there. */
  async #tryRemoving(
    { jobId }: JobAttemptStart,
    removing: Promise<void>,
  ): Promise<void> {
    await removing.catch(error => {
      this.#logger.warn(`A folder of job ${jobId} could not be removed`, error);
    });
  }

  async #start(
    start: RunnerStart,
    attempt: JobAttemptStart,
  ): Promise<JobAttemptEnd> {
    const { detection, user } = this.#confinement;
    const { programs } = detection;
    if (programs) {
      return this.#runInGroup(
        sandboxedCommand(this.#confinement, programs, start),
        attempt,
      );
    }
    const folder = await holdFolder('work-', user);
    try {
      if (user) await chown(folder.path, user.uid, user.gid);
      return await this.#runInGroup(
        plainCommand(this.#confinement, folder.path, start),
        attempt,
      );
    } finally {
      await this.#tryRemoving(attempt, folder.remove());
    }
  }

  /** In a control group of its own, where there are some. */
  async #runInGroup(
    command: ConfinedCommand,
    attempt: JobAttemptStart,
  ): Promise<JobAttemptEnd> {
    const warn = (error: Error) => {
      this.#logger.warn(
        `An attempt of job ${attempt.jobId} runs without a control group, which this machine had when the back end started`,
        error,
      );
      return undefined;
    };
    const group = await this.#confinement.groups
      ?.create({
        // The kernel counts files in memory as well.
        memoryBytes: attempt.limits.memoryBytes + command.memoryFolderBytes,
        threads: MAX_THREADS,
      })
      .catch(warn);
    if (!group) return runConfined(command, attempt, this.#watcher, undefined);
    try {
      return await runConfined(command, attempt, this.#watcher, {
        enter: pid => group.add(pid).catch(warn),
        usage: () => group.usage(),
      });
    } finally {
      await group.remove();
    }
  }
}
