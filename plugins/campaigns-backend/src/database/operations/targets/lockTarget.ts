import { Knex } from 'knex';
import { hasRowLocks } from '../../clock';
import { TargetRow } from '../../tables';

/**
 * Locks a target until the transaction ends. Whoever changes a target together
 * with its publication, pull request or rollback locks the target first: two
 * that lock in different orders would wait for each other.
 */
export async function lockTarget(
  tx: Knex.Transaction,
  targetId: string,
): Promise<void> {
  if (!hasRowLocks(tx)) return;
  await tx<TargetRow>('targets')
    .where({ id: targetId })
    .forUpdate()
    .first('id');
}
