import { Knex } from 'knex';
import { canHappen, TargetEvent } from '../../../targets/reduceTarget';
import { hasRowLocks } from '../../clock';
import { TargetRow } from '../../tables';
import { transitionTarget } from '../targets/transitionTarget';

/**
 * Applies an event to a target where its state allows it. For what a job says
 * late: a target may have been reverted or taken out of scope while a scan ran.
 *
 * @returns whether it was applied
 */
export async function transitionTargetIfLegal(
  tx: Knex.Transaction,
  targetId: string,
  event: TargetEvent,
): Promise<boolean> {
  const query = tx<TargetRow>('targets').where({ id: targetId });
  const row = await (hasRowLocks(tx) ? query.forUpdate() : query).first(
    'state',
  );
  if (!row || !canHappen(row.state, event.type)) return false;
  await transitionTarget(tx, targetId, event);
  return true;
}
