import { LoggerService } from '@backstage/backend-plugin-api';
import { JobAttemptEnd, JobExecutor } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import { forgetToken } from '../database/operations/jobs/forgetToken';
import {
  HeldJobStatus,
  watchJobs,
} from '../database/operations/jobs/watchJobs';
import { WorkLoop } from '../loop/WorkLoop';
import { ClaimedAttempt, JobQueue } from '../queue/JobQueue';
import { Telemetry } from '../telemetry';
import { failureOf } from './failureOf';
import { AttemptLimits } from './jobLimits';

/** How long a runner may take to speak for the first time; until then its lease is kept for it. */
const START_MILLISECONDS = 5 * 60_000;

/** How long a runner may stay after its job has ended. */
const GOODBYE_MILLISECONDS = 10_000;

/** What a {@link JobWorker} works with. */
export interface JobWorkerOptions {
  database: Knex;
  queue: JobQueue;
  executor: JobExecutor;
  changes: CampaignChanges;
  limits: AttemptLimits;
  logger: LoggerService;
  /** Told of each attempt that has ended. */
  telemetry?: Pick<Telemetry, 'trace'>;
  /** How long to wait before looking again where nothing was due. Default: 2 s. */
  idleMilliseconds?: number;
  /** How often to look whether what runs was stopped. Default: 3 s. */
  watchMilliseconds?: number;
}

interface RunningAttempt {
  job: ClaimedAttempt;
  startedAt: number;
  /** When it was first seen that the job has ended. */
  endedAt?: number;
  abort: AbortController;
}

/**
 * Takes jobs from the queue and has the executor run them. Results come over
 * the job protocol; what ends without one is a failure, which is recorded here.
 */
export class JobWorker {
  readonly #options: JobWorkerOptions;
  readonly #running = new Map<string, RunningAttempt>();
  #loop!: WorkLoop<ClaimedAttempt>;
  #watch!: NodeJS.Timeout;
  #unsubscribe!: () => void;
  #watching = false;

  private constructor(options: JobWorkerOptions) {
    this.#options = options;
  }

  static start(options: JobWorkerOptions): JobWorker {
    const worker = new JobWorker(options);
    const { executor, queue } = options;
    worker.#loop = WorkLoop.start({
      name: 'jobs',
      logger: options.logger,
      concurrency: executor.concurrency,
      idleMilliseconds: options.idleMilliseconds ?? 2_000,
      claim: limit => queue.claim(limit, executor.id, worker.#roomForTrials()),
      handle: (job, signal) => worker.#handle(job, signal),
    });
    worker.#watch = setInterval(
      () => worker.#look(),
      options.watchMilliseconds ?? 3_000,
    );
    worker.#unsubscribe = options.changes.subscribe(({ targetId }) =>
      worker.#onChange(targetId),
    );
    return worker;
  }

  /** Jobs that run in this process. */
  get runningJobs(): number {
    return this.#running.size;
  }

  /** Looks for jobs now. */
  wake(): void {
    this.#loop.wake();
  }

  /** Takes no more jobs, ends what runs and puts it back into the queue. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    clearInterval(this.#watch);
    await this.#loop.stop();
  }

  /** At most half of what runs are trials: a large one must not hold up live work. */
  #roomForTrials(): number {
    const trials = [...this.#running.values()].filter(
      ({ job }) => job.task === 'evaluate',
    ).length;
    const { concurrency } = this.#options.executor;
    return Math.max(1, Math.floor(concurrency / 2)) - trials;
  }

  async #handle(job: ClaimedAttempt, stopping: AbortSignal): Promise<void> {
    const { executor, limits, database, telemetry } = this.#options;
    const abort = new AbortController();
    const onStop = () => abort.abort();
    stopping.addEventListener('abort', onStop);
    if (stopping.aborted) abort.abort();
    this.#running.set(job.ticket, { job, startedAt: Date.now(), abort });
    let end: JobAttemptEnd;
    try {
      end = await executor.run({
        jobId: job.id,
        attempt: job.attempt,
        token: job.token,
        limits,
        signal: abort.signal,
      });
    } catch (error) {
      const message = `The job runner could not be started: ${
        (error as Error).message
      }`;
      end = { type: 'crashed', message };
    } finally {
      stopping.removeEventListener('abort', onStop);
      this.#running.delete(job.ticket);
    }
    await this.#settle(job, end, stopping.aborted);
    await forgetToken(database, job.id, job.attempt);
    await telemetry?.trace({ jobId: job.id, number: job.attempt });
  }

  /** Records a failure where the runner left no result; where it did, the job is no longer held. */
  async #settle(
    job: ClaimedAttempt,
    end: JobAttemptEnd,
    stopping: boolean,
  ): Promise<void> {
    const { queue, database, logger } = this.#options;
    try {
      const status = (await watchJobs(database, [job])).get(job.ticket);
      if (status === 'ended' || status === 'lost') return;
      const failure = failureOf(end);
      if (stopping) {
        await queue.release(job, 'The backend stopped; the job is run again');
      } else if (failure) {
        await queue.fail(job, failure);
      }
    } catch (error) {
      // Stopped, or out of its lease, between the look and the record: it is due again.
      logger.warn(`Job ${job.id}: its end was not recorded`, error as Error);
    }
  }

  #onChange(targetId: string | undefined): void {
    this.#loop.wake();
    const concerns = [...this.#running.values()].some(
      ({ job }) => targetId === undefined || job.targetId === targetId,
    );
    if (concerns) this.#look();
  }

  /** Ends runners whose job was stopped or lost, and keeps the lease of those that have not started to speak. */
  async #look(): Promise<void> {
    if (this.#watching || this.#running.size === 0) return;
    this.#watching = true;
    const { database, logger } = this.#options;
    const running = [...this.#running.values()];
    try {
      const statuses = await watchJobs(
        database,
        running.map(({ job }) => job),
      );
      for (const attempt of running) {
        await this.#attend(attempt, statuses.get(attempt.job.ticket)!);
      }
    } catch (error) {
      logger.warn('jobs: could not look at what runs', error as Error);
    } finally {
      this.#watching = false;
    }
  }

  async #attend(attempt: RunningAttempt, status: HeldJobStatus): Promise<void> {
    const now = Date.now();
    if (status === 'lost') attempt.abort.abort();
    if (status === 'ended') {
      attempt.endedAt ??= now;
      if (now - attempt.endedAt > GOODBYE_MILLISECONDS) attempt.abort.abort();
    }
    if (status === 'silent' && now - attempt.startedAt < START_MILLISECONDS) {
      await this.#options.queue.heartbeat(attempt.job);
    }
  }
}
