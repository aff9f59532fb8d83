import { Knex } from 'knex';
import {
  LineageColumnRow,
  LineageEdgeRow,
  LineageProviderRow,
  LineageWitnessRow,
} from './tables';

/**
 * Removes what is not visible of a provider, and must only be called where no
 * read of it writes.
 *
 * @returns ids of the nodes of which the provider says no more
 */
export async function removeStaleFacts(
  tx: Knex.Transaction,
  provider: string,
): Promise<number[]> {
  const row = await tx<LineageProviderRow>('lineage_providers')
    .where({ id: provider })
    .first('generation');
  const generation = row?.generation ?? 0;
  const hidden = (query: Knex.QueryBuilder) =>
    query
      .where('last_generation', '<', generation)
      .orWhere('first_generation', '>', generation);
  await tx<LineageEdgeRow>('lineage_edges')
    .where({ provider })
    .where(hidden)
    .delete();
  await tx<LineageColumnRow>('lineage_columns')
    .where({ provider })
    .where(hidden)
    .delete();
  const removed = await tx<LineageWitnessRow>('lineage_witnesses')
    .select('node_id')
    .where({ provider })
    .where(hidden);
  await tx<LineageWitnessRow>('lineage_witnesses')
    .where({ provider })
    .where(hidden)
    .delete();
  return removed.map(witness => witness.node_id);
}
