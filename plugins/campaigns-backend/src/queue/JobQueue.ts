import { createHash, randomBytes } from 'crypto';
import { FailureKind } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import { claimJobs, ClaimedJob } from '../database/operations/jobs/claimJobs';
import { extendLease } from '../database/operations/jobs/extendLease';
import { getBudgetRefusal } from '../database/operations/modelCalls/getBudgetRefusal';
import { endWork, WorkEnd } from '../database/operations/jobs/endWork';
import { finishJob } from '../database/operations/jobs/finishJob';
import { HeldJob, lockHeldJob } from '../database/operations/jobs/lockHeldJob';
import { requeueJob } from '../database/operations/jobs/requeueJob';
import { JobRow } from '../database/operations/jobs/tables';
import { transitionTargetIfLegal } from '../database/operations/jobs/transitionTargetIfLegal';
import { scanLater } from '../database/operations/pullRequests/scanLater';
import { transitionTarget } from '../database/operations/targets/transitionTarget';
import { TargetEvent } from '../targets/reduceTarget';
import { afterFailure, Backoff, defaultBackoff } from './afterFailure';

/** A claimed job with the token that its runner shall use; only the token's hash is stored. */
export interface ClaimedAttempt extends ClaimedJob {
  token: string;
}

/** How a job ended well. */
export interface JobSuccess {
  /** One line. */
  message: string;
  /** What that means for the target; left out where nothing changes. */
  event?: TargetEvent;
  resultDigest?: string;
}

/** Why an attempt failed. */
export interface JobFailure {
  kind: FailureKind;
  /** One line. */
  message: string;
  resultDigest?: string;
}

/** The part of a change that its target shows. */
export interface StoredChange {
  changeId: string;
  editCount: number;
  noteCount: number;
}

/** SHA-256 of a token, hexadecimal. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * The queue of jobs in the database. A claim is a lease with a ticket: only the
 * holder of the ticket of a job's present attempt can finish it, and only while
 * the lease lasts; the database's clock decides.
 */
export class JobQueue {
  readonly #database: Knex;
  readonly #changes: CampaignChanges;
  readonly #backoff: Backoff;
  readonly leaseMilliseconds: number;

  private constructor(options: {
    database: Knex;
    changes: CampaignChanges;
    leaseMilliseconds: number;
    backoff: Backoff;
  }) {
    this.#database = options.database;
    this.#changes = options.changes;
    this.#backoff = options.backoff;
    this.leaseMilliseconds = options.leaseMilliseconds;
  }

  /** @param options.leaseMilliseconds - default 30 s, six times a runner's heartbeat */
  static create(options: {
    database: Knex;
    changes: CampaignChanges;
    leaseMilliseconds?: number;
    backoff?: Backoff;
  }): JobQueue {
    return new JobQueue({
      database: options.database,
      changes: options.changes,
      leaseMilliseconds: options.leaseMilliseconds ?? 30_000,
      backoff: options.backoff ?? defaultBackoff,
    });
  }

  /**
   * Takes up to `limit` due jobs, each for one attempt.
   *
   * @param trials - how many of them may be trials; default: all
   */
  async claim(
    limit: number,
    executor: string,
    trials = limit,
  ): Promise<ClaimedAttempt[]> {
    const tokens = new Map<string, string>();
    const claim = await this.#database.transaction(tx =>
      claimJobs(tx, {
        limit,
        trials,
        executor,
        leaseMilliseconds: this.leaseMilliseconds,
        tokenHash: job => {
          const token = randomBytes(32).toString('base64url');
          tokens.set(job.id, token);
          return hashToken(token);
        },
      }),
    );
    for (const change of [...claim.claimed, ...claim.ended]) {
      this.#notify(change);
    }
    return claim.claimed.map(job => ({ ...job, token: tokens.get(job.id)! }));
  }

  /** @returns whether the job is still the holder's; if not, it must end its work */
  async heartbeat(held: HeldJob): Promise<boolean> {
    return extendLease(this.#database, held, this.leaseMilliseconds);
  }

  /**
   * Ends a job well, with whatever `write` stores in the same transaction.
   *
   * @throws ConflictError where the job is no longer the holder's
   */
  async complete(
    held: HeldJob,
    write: (tx: Knex.Transaction, job: JobRow) => Promise<JobSuccess>,
  ): Promise<void> {
    const job = await this.#database.transaction(async tx => {
      const row = await lockHeldJob(tx, held);
      const success = await write(tx, row);
      await finishJob(tx, row, success);
      if (success.event) await apply(tx, row, success.event);
      return row;
    });
    this.#notifyJob(job);
  }

  /**
   * Ends an attempt with a failure: the job is tried again later where the
   * failure may pass and attempts are left, and has failed otherwise. One whose
   * model call was refused for want of budget is over budget instead.
   *
   * @param write - stores what a failed job leaves, in the same transaction; not called where it is tried again
   * @throws ConflictError where the job is no longer the holder's
   */
  async fail(
    held: HeldJob,
    failure: JobFailure,
    write?: (
      tx: Knex.Transaction,
      job: JobRow,
    ) => Promise<StoredChange | undefined>,
  ): Promise<void> {
    const job = await this.#database.transaction(async tx => {
      const row = await lockHeldJob(tx, held);
      const refusal = await getBudgetRefusal(tx, row);
      const delayMilliseconds =
        refusal === undefined
          ? afterFailure(
              {
                kind: failure.kind,
                attempts: row.attempts,
                maxAttempts: row.max_attempts,
              },
              Math.random(),
              this.#backoff,
            )
          : undefined;
      if (delayMilliseconds !== undefined) {
        await requeueJob(tx, row, {
          outcome: failure.kind,
          message: failure.message,
          delayMilliseconds,
        });
        return row;
      }
      const change = await write?.(tx, row);
      await endFailed(tx, row, failure, refusal, change);
      return row;
    });
    this.#notifyJob(job);
  }

  /** Gives a job back, due at once, without counting the attempt: this process is going to stop. */
  async release(held: HeldJob, reason: string): Promise<void> {
    const job = await this.#database.transaction(async tx => {
      const row = await lockHeldJob(tx, held);
      await requeueJob(tx, row, {
        outcome: 'released',
        message: reason,
        delayMilliseconds: 0,
        uncounted: true,
      });
      return row;
    });
    this.#notifyJob(job);
  }

  #notifyJob(job: JobRow): void {
    this.#notify({ campaignId: job.campaign_id, targetId: job.target_id });
  }

  #notify(change: { campaignId: string; targetId: string }): void {
    this.#changes.notify({
      campaignId: change.campaignId,
      targetId: change.targetId,
    });
  }
}

/** Has a job's success count; a transform's target waits for it and for nothing else. */
async function apply(
  tx: Knex.Transaction,
  job: JobRow,
  event: TargetEvent,
): Promise<void> {
  if (job.task === 'transform') {
    await transitionTarget(tx, job.target_id, event);
  } else if (job.task === 'scan') {
    await transitionTargetIfLegal(tx, job.target_id, event);
  } else {
    await endWork(tx, job, event as WorkEnd);
  }
}

/** @param refusal - why a call to its model was refused: then it is over budget, whatever else it says */
async function endFailed(
  tx: Knex.Transaction,
  job: JobRow,
  failure: JobFailure,
  refusal: string | undefined,
  change: StoredChange | undefined,
): Promise<void> {
  const message = refusal ?? failure.message;
  const failureKind = refusal === undefined ? failure.kind : undefined;
  await finishJob(tx, job, {
    failureKind,
    overBudget: refusal !== undefined,
    message,
    resultDigest: failure.resultDigest,
  });
  if (job.task === 'scan') {
    await scanLater(tx, job.target_id);
  } else {
    await endWork(tx, job, {
      type: 'finished',
      outcome: refusal === undefined ? 'failed' : 'overBudget',
      reason: message,
      failureKind,
      ...change,
    });
  }
}
