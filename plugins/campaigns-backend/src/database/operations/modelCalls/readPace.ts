import { Knex } from 'knex';
import { hasRowLocks, readDatabaseNow } from '../../clock';
import { ModelCallRow, ModelPaceRow } from './tables';

/** How long until somebody who found no room looks again. */
const LOOK_MILLISECONDS = 500;

/**
 * Whether another call may begin, over all replicas. Where calls are counted,
 * the count stands still until the transaction ends.
 *
 * @param most - calls under way at one time; undefined where they are not counted
 * @returns milliseconds to wait before looking again; undefined where it may begin now
 */
export async function readPace(
  tx: Knex.Transaction,
  provider: string,
  most: number | undefined,
): Promise<number | undefined> {
  const query = tx<ModelPaceRow>('model_pace').where({ provider });
  if (most !== undefined) {
    await tx('model_pace').insert({ provider }).onConflict('provider').ignore();
    if (hasRowLocks(tx)) query.forUpdate();
  }
  const pace = await query.first();
  const pause = Number(pace?.paused_until ?? 0);
  const pausedFor = pause > 0 ? pause - (await readDatabaseNow(tx)) : 0;
  if (pausedFor > 0) return pausedFor;
  if (most === undefined) return undefined;
  const [{ count }] = await tx<ModelCallRow>('model_calls')
    .where({ provider, state: 'reserved' })
    // Those that wait for their next try are not under way.
    .where('reserved_tokens', '>', 0)
    .count({ count: '*' });
  return Number(count) < most ? undefined : LOOK_MILLISECONDS;
}
