import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow, databaseNowPlus, hasRowLocks } from '../../clock';
import { CampaignRow } from '../../tables';
import { endAttempt } from './endAttempt';
import { HeldJob } from './lockHeldJob';
import { JobRow } from './tables';
import { endWork } from './endWork';
import { transitionTargetIfLegal } from './transitionTargetIfLegal';
import { scanLater } from '../pullRequests/scanLater';

/** A job that the claimer holds until its lease ends. */
export interface ClaimedJob extends HeldJob {
  campaignId: string;
  targetId: string;
  task: JobRow['task'];
  attempt: number;
}

/** What a claim did. */
export interface Claim {
  claimed: ClaimedJob[];
  /** Jobs that ended here, since the runner of their last attempt was lost. */
  ended: Array<{ campaignId: string; targetId: string }>;
}

/**
 * Takes up to `limit` due jobs: those that wait, and those whose lease ran out.
 * In a paused campaign nothing starts but trials; its jobs keep their place.
 *
 * Select and update are one transaction: rows that another claimer has selected
 * are locked and skipped, and before its locks are gone their lease has been
 * pushed into the future. SQLite has one writer at a time, which gives the same.
 *
 * @param options.tokenHash - SHA-256 of the token of each attempt, hexadecimal
 */
export async function claimJobs(
  tx: Knex.Transaction,
  options: {
    limit: number;
    /** How many of them may be trials. */
    trials: number;
    executor: string;
    leaseMilliseconds: number;
    tokenHash: (job: HeldJob) => string;
  },
): Promise<Claim> {
  const claim: Claim = { claimed: [], ended: [] };
  for (const row of await selectDue(tx, options)) {
    const { campaign_id: campaignId, target_id: targetId } = row;
    if (row.state === 'running' && !(await releaseLost(tx, row))) {
      claim.ended.push({ campaignId, targetId });
      continue;
    }
    if (
      row.task === 'transform' &&
      !(await transitionTargetIfLegal(tx, targetId, { type: 'started' }))
    ) {
      await stopOrphan(tx, row);
      claim.ended.push({ campaignId, targetId });
      continue;
    }
    const held = { id: row.id, ticket: randomUUID() };
    const attempt = row.attempts + 1;
    await tx('jobs')
      .where({ id: row.id })
      .update({
        state: 'running',
        attempts: attempt,
        ticket: held.ticket,
        next_at: databaseNowPlus(tx, options.leaseMilliseconds),
        phase: null,
        started_at: row.started_at ?? databaseNow(tx),
      });
    await tx('job_attempts').insert({
      job_id: row.id,
      number: attempt,
      token_hash: options.tokenHash(held),
      executor: options.executor,
      started_at: databaseNow(tx),
    });
    claim.claimed.push({
      ...held,
      campaignId,
      targetId,
      task: row.task,
      attempt,
    });
  }
  return claim;
}

/** The jobs that are due, locked; the longest due first. */
async function selectDue(
  tx: Knex.Transaction,
  { limit, trials }: { limit: number; trials: number },
): Promise<JobRow[]> {
  const due = (most: number) => {
    const query = tx<JobRow>('jobs')
      .whereIn('state', ['queued', 'running'])
      .where('next_at', '<=', databaseNow(tx))
      .orderBy([{ column: 'next_at' }, { column: 'id' }])
      .limit(most);
    return hasRowLocks(tx) ? query.forUpdate().skipLocked() : query;
  };
  const paused = tx<CampaignRow>('campaigns')
    .where({ state: 'paused' })
    .select('id');
  const rows = [
    ...(await due(limit)
      .whereNot({ task: 'evaluate' })
      .whereNotIn('campaign_id', paused)),
    ...(await due(Math.max(0, Math.min(limit, trials))).where({
      task: 'evaluate',
    })),
  ];
  return rows
    .sort((a, b) => Number(a.next_at) - Number(b.next_at))
    .slice(0, limit);
}

/** @returns whether the job may be tried again */
async function releaseLost(
  tx: Knex.Transaction,
  job: JobRow,
): Promise<boolean> {
  const again = job.attempts < job.max_attempts;
  const message = again
    ? `Attempt ${job.attempts} was lost: its runner was not heard of in time. Trying again.`
    : `The job runner was lost ${job.attempts} times: it was not heard of in time.`;
  await endAttempt(
    tx,
    { jobId: job.id, number: job.attempts },
    { outcome: 'lost', message, level: again ? 'warn' : 'error' },
  );
  if (again) {
    if (job.task === 'transform') {
      await transitionTargetIfLegal(tx, job.target_id, {
        type: 'released',
        reason: message,
      });
    }
    return true;
  }
  await tx('jobs')
    .where({ id: job.id })
    .update({
      state: 'failed',
      ticket: null,
      next_at: null,
      failure_kind: 'runner-crashed',
      failure_message: message,
      finished_at: databaseNow(tx),
    });
  if (job.task === 'scan') {
    await scanLater(tx, job.target_id);
  } else {
    await endWork(tx, job, {
      type: 'finished',
      outcome: 'failed',
      failureKind: 'runner-crashed',
      reason: message,
    });
  }
  return false;
}

/** A job whose target went on without it has nothing to do; left alone it would be due for ever. */
async function stopOrphan(tx: Knex.Transaction, job: JobRow): Promise<void> {
  await tx('jobs')
    .where({ id: job.id })
    .update({
      state: 'stopped',
      ticket: null,
      next_at: null,
      finished_at: databaseNow(tx),
      failure_message: 'Its target is no longer waiting for it',
    });
}
