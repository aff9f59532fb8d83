import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { TargetRow } from '../../tables';
import { enqueueScan, ScannedTarget } from './enqueueScan';
import { databaseNow } from '../../clock';

/** States in which the default branch is ours to watch. */
const watchedStates: TargetRow['state'][] = [
  'merged',
  'verified',
  'driftedBack',
];
const MOST_AT_A_TIME = 100;

/**
 * Has all merged targets of a repository looked at, since its default branch
 * moved: one may read the old dataset again.
 *
 * @returns the targets
 */
export async function enqueueScans(
  tx: Knex.Transaction,
  repository: RepositoryRef,
): Promise<ScannedTarget[]> {
  const targets = await tx<TargetRow>('targets')
    .where({ repo_host: repository.host })
    .whereRaw('lower(repo_owner) = ?', [repository.owner.toLowerCase()])
    .whereRaw('lower(repo_name) = ?', [repository.name.toLowerCase()])
    .whereIn('state', watchedStates)
    .select('id', 'campaign_id')
    .orderBy('id');
  return enqueueEach(tx, targets);
}

/** Looks that were wanted while another ran or that failed, and can be had now. */
export async function enqueueRequestedScans(
  tx: Knex.Transaction,
): Promise<ScannedTarget[]> {
  const targets = await tx<TargetRow>('targets')
    .join('pull_requests', 'pull_requests.target_id', 'targets.id')
    .where('pull_requests.scan_requested_at', '<=', databaseNow(tx))
    .whereIn('targets.state', watchedStates)
    .whereNotExists(
      tx('jobs')
        .whereRaw('jobs.target_id = targets.id')
        .where({ task: 'scan', state: 'running' }),
    )
    .select('targets.id', 'targets.campaign_id')
    .orderBy('targets.id')
    .limit(MOST_AT_A_TIME);
  return enqueueEach(tx, targets);
}

async function enqueueEach(
  tx: Knex.Transaction,
  targets: ScannedTarget[],
): Promise<ScannedTarget[]> {
  const enqueued = [];
  for (const target of targets) {
    if (await enqueueScan(tx, target)) enqueued.push(target);
  }
  return enqueued;
}
