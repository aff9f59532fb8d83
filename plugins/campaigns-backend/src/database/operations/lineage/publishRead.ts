import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { sooner } from './sooner';
import { LineageProviderRow, LineageRead } from './tables';

/**
 * Makes all that a read wrote visible, and all that it did not see invisible,
 * at once. The lease stays, so that what is invisible now can be removed.
 *
 * @param problem - what could not be read, in one line, where not all could
 * @throws ConflictError where the read is not ours any more
 */
export async function publishRead(
  knex: Knex,
  read: LineageRead,
  result: {
    nodes: number;
    edges: number;
    problem?: string;
    /** Read again after this, or at the next time that is due anyway. */
    retryMilliseconds?: number;
  },
): Promise<void> {
  const now = databaseNow(knex) as unknown as number;
  const count = await knex<LineageProviderRow>('lineage_providers')
    .where({ id: read.provider, attempt: read.attempt })
    .whereNotNull('leased_until')
    .update({
      state: 'ok',
      generation: read.attempt,
      last_succeeded_at: now,
      last_error: result.problem ?? null,
      node_count: result.nodes,
      edge_count: result.edges,
      ...(result.retryMilliseconds !== undefined && {
        next_read_at: sooner(knex, result.retryMilliseconds),
      }),
    });
  if (count === 0) {
    throw new ConflictError(
      `The lineage of '${read.provider}' was read by another process meanwhile; this read is dropped`,
    );
  }
}

/** Ends a read that was published. */
export async function releaseRead(
  knex: Knex,
  read: LineageRead,
): Promise<void> {
  await knex<LineageProviderRow>('lineage_providers')
    .where({ id: read.provider, attempt: read.attempt })
    .update({ leased_until: null });
}
