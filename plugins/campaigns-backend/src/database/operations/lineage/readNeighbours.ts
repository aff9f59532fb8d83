import { Knex } from 'knex';
import { DbTime } from '../../tables';

/** A visible edge with the node that it leads to; one row per witness. */
export interface NeighbourRow {
  from_node: number;
  to_node: number;
  provider: string;
  last_seen: DbTime;
  /** Milliseconds after which the provider's edges are stale; null for never. */
  stale_after: number | string | null;
}

/** The edges that leave nodes downstream, or reach them from upstream, in no order; for up to some thousand nodes. */
export async function readNeighbours(
  knex: Knex,
  nodeIds: number[],
  direction: 'downstream' | 'upstream',
): Promise<NeighbourRow[]> {
  const column = direction === 'downstream' ? 'from_node' : 'to_node';
  // Numbers of our own, written into the text: bindings have a bound and a cost.
  const ids = nodeIds.map(Number).join(',');
  return knex<NeighbourRow>('lineage_edges as e')
    .join('lineage_providers as p', 'p.id', 'e.provider')
    .whereRaw(`e.${column} in (${ids})`)
    .whereRaw('e.first_generation <= p.generation')
    .whereRaw('e.last_generation >= p.generation')
    .select(
      'e.from_node',
      'e.to_node',
      'e.provider',
      'e.last_seen',
      'p.stale_after',
    );
}
