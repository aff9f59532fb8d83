import { Knex } from 'knex';
import { LineageNodeRow } from './tables';

const IDS_PER_QUERY = 5000;

/** Nodes by id. */
export async function readNodes(
  knex: Knex,
  nodeIds: number[],
): Promise<Map<number, LineageNodeRow>> {
  const nodes = new Map<number, LineageNodeRow>();
  for (let start = 0; start < nodeIds.length; start += IDS_PER_QUERY) {
    const ids = nodeIds.slice(start, start + IDS_PER_QUERY).map(Number);
    const rows = await knex<LineageNodeRow>('lineage_nodes').whereRaw(
      `id in (${ids.join(',')})`,
    );
    for (const row of rows) nodes.set(row.id, row);
  }
  return nodes;
}
