import { ConflictError } from '@backstage/errors';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { DEFAULT_MAX_ATTEMPTS } from '../jobs/enqueueJob';
import { JobRow } from '../jobs/tables';

/** What a trial is made on. */
export interface TrialTarget {
  id: string;
  /** Commit; undefined for the head of the default branch. */
  baseCommit?: string;
}

/**
 * Puts a trial for each of these targets in the queue, due at once. Their
 * states stay as they are.
 *
 * @param trials.targets - at most 200, of a campaign that the caller has locked
 * @throws ConflictError where one of them is being tried already
 */
export async function enqueueTrials(
  tx: Knex.Transaction,
  trials: {
    campaignId: string;
    runId: string;
    revisionId: string;
    targets: TrialTarget[];
  },
): Promise<void> {
  const { targets } = trials;
  const live = await tx<JobRow>('jobs')
    .whereIn(
      'target_id',
      targets.map(({ id }) => id),
    )
    .where({ task: 'evaluate' })
    .whereIn('state', ['queued', 'running'])
    .select('id');
  if (live.length > 0) {
    throw new ConflictError(
      `${live.length} of the ${targets.length} targets are being tried in another evaluation; wait until it has ended, or stop it`,
    );
  }
  // Chunks, since SQLite bounds the number of values in one statement.
  for (let start = 0; start < targets.length; start += 50) {
    await tx('jobs').insert(
      targets.slice(start, start + 50).map(target => ({
        id: randomUUID(),
        campaign_id: trials.campaignId,
        run_id: trials.runId,
        target_id: target.id,
        base_commit: target.baseCommit ?? null,
        revision_id: trials.revisionId,
        task: 'evaluate',
        state: 'queued',
        max_attempts: DEFAULT_MAX_ATTEMPTS,
        next_at: databaseNow(tx),
        created_at: databaseNow(tx),
      })),
    );
  }
}
