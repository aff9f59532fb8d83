import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { TargetRow } from '../../tables';

/** Has the checks of a repository's CI decide about a change. */
export async function insertCiRun(
  tx: Knex.Transaction,
  targetId: string,
  changeId: string,
): Promise<void> {
  const target = (await tx<TargetRow>('targets')
    .where({ id: targetId })
    .first())!;
  await tx('ci_runs').insert({
    id: randomUUID(),
    campaign_id: target.campaign_id,
    target_id: targetId,
    change_id: changeId,
    repo_host: target.repo_host,
    repo_owner: target.repo_owner,
    repo_name: target.repo_name,
    state: 'planned',
    next_at: databaseNow(tx),
    created_at: databaseNow(tx),
  });
}
