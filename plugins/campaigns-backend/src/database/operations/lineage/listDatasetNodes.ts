import { Knex } from 'knex';
import { LineageNodeRow } from './tables';

/** Datasets by name, those after a name. */
export async function listDatasetNodes(
  knex: Knex,
  page: { after: string; limit: number },
): Promise<LineageNodeRow[]> {
  return knex<LineageNodeRow>('lineage_nodes')
    .where({ kind: 'dataset' })
    .where('name', '>', page.after)
    .orderBy('name')
    .limit(page.limit);
}
