import { Knex } from 'knex';
import { TargetRow } from '../../tables';
import { PublicationRow } from './tables';
import { updatePublication } from './updatePublication';
import { transitionTargetIfLegal } from '../jobs/transitionTargetIfLegal';
import { lockTarget } from '../targets/lockTarget';

/**
 * Ends a publication that will not become a pull request; its target fails
 * with the reason, unless something else happened to it meanwhile.
 */
export async function endPublication(
  tx: Knex.Transaction,
  held: Pick<PublicationRow, 'id' | 'ticket' | 'target_id'>,
  reason: string,
): Promise<void> {
  await lockTarget(tx, held.target_id);
  const target = await tx<TargetRow>('targets')
    .where({ id: held.target_id })
    .first('state');
  const publishing = target?.state === 'publishing';
  await updatePublication(tx, held, {
    state: publishing ? 'failed' : 'abandoned',
    last_error: reason,
  });
  if (publishing) {
    await transitionTargetIfLegal(tx, held.target_id, {
      type: 'publishFailed',
      reason,
    });
  }
}
