import { Knex } from 'knex';
import { normalizeDatasetName } from '../../../lineage/normalizeDatasetName';
import { LineageAliasRow, LineageNodeRow } from './tables';

/**
 * The node that people mean by a dataset name or an entity ref. A name without
 * its project is enough where one dataset alone has it.
 */
export async function findNode(
  knex: Knex,
  datasetOrEntityRef: string,
): Promise<LineageNodeRow | undefined> {
  if (datasetOrEntityRef.includes('/')) {
    const entity = await knex<LineageNodeRow>('lineage_nodes')
      .where({ entity_ref: datasetOrEntityRef.toLowerCase() })
      .orderBy(['kind', 'name'])
      .first();
    if (entity) return entity;
  }
  const asked = normalizeDatasetName(datasetOrEntityRef);
  if (asked === '') return undefined;
  const alias = await knex<LineageAliasRow>('lineage_aliases')
    .where({ kind: 'dataset', name: asked })
    .first('canonical');
  const name = alias?.canonical ?? asked;
  const exact = await knex<LineageNodeRow>('lineage_nodes')
    .where({ kind: 'dataset', name })
    .first();
  if (exact || !name.includes('.')) return exact;
  const pattern = name.replace(/[\\%_]/g, '\\$&');
  const longer = await knex<LineageNodeRow>('lineage_nodes')
    .where({ kind: 'dataset' })
    .whereRaw(`name like ? escape '\\'`, [`%.${pattern}`])
    .limit(2);
  return longer.length === 1 ? longer[0] : undefined;
}
