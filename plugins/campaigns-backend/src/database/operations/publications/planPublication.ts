import { ConflictError } from '@backstage/errors';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { transitionTarget } from '../targets/transitionTarget';

/**
 * Writes down that an approved target's newest change is to become a pull
 * request; the publisher does the rest. Its expected time follows as soon as
 * the publisher has seen it.
 *
 * @returns the publication's id
 * @throws ConflictError where the target is not approved, or has no change
 */
export async function planPublication(
  tx: Knex.Transaction,
  targetId: string,
): Promise<string> {
  const target = await transitionTarget(tx, targetId, { type: 'publishing' });
  if (!target.change_id) {
    throw new ConflictError(
      `Target ${targetId} has no change that could be published`,
    );
  }
  const id = randomUUID();
  await tx('publications').insert({
    id,
    target_id: target.id,
    change_id: target.change_id,
    campaign_id: target.campaign_id,
    repo_host: target.repo_host,
    repo_owner: target.repo_owner,
    repo_name: target.repo_name,
    state: 'planned',
    next_at: databaseNow(tx),
    created_at: databaseNow(tx),
    updated_at: databaseNow(tx),
  });
  return id;
}
