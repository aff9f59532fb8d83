import { Knex } from 'knex';
import { DbTime } from '../../tables';

/** A visible edge with the node that it leads to; one row per witness. */
export interface NeighbourRow {
  from_node: number;
  to_node: number;
  provider: string;
  last_seen: DbTime;
}

/** Ids in one query. They are numbers of our own, written into the text: bindings have a bound and a cost. */
const IDS_PER_QUERY = 2000;

/** The edges that leave nodes downstream, or reach them from upstream, in no order. */
export async function readNeighbours(
  knex: Knex,
  nodeIds: number[],
  direction: 'downstream' | 'upstream',
): Promise<NeighbourRow[]> {
  const column = direction === 'downstream' ? 'from_node' : 'to_node';
  const rows: NeighbourRow[] = [];
  for (let start = 0; start < nodeIds.length; start += IDS_PER_QUERY) {
    const ids = nodeIds.slice(start, start + IDS_PER_QUERY).map(Number);
    rows.push(
      ...(await knex<NeighbourRow>('lineage_edges as e')
        .join('lineage_providers as p', 'p.id', 'e.provider')
        .whereRaw(`e.${column} in (${ids.join(',')})`)
        .whereRaw('e.first_generation <= p.generation')
        .whereRaw('e.last_generation >= p.generation')
        .select('e.from_node', 'e.to_node', 'e.provider', 'e.last_seen')),
    );
  }
  return rows;
}
