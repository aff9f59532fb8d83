import { Knex } from 'knex';
import { hasRowLocks } from '../../clock';
import { LineageNodeRow } from './tables';

/**
 * Removes nodes without edges that are no catalog entity. Reads under way hold
 * their provider's row while they write, so that none of them can be about to
 * use a node that goes.
 */
export async function removeOrphanNodes(tx: Knex.Transaction): Promise<number> {
  if (hasRowLocks(tx)) {
    await tx('lineage_providers').select('id').orderBy('id').forUpdate();
  }
  const orphans = tx<LineageNodeRow>('lineage_nodes as n')
    .select('n.id')
    .whereNull('n.entity_ref')
    .whereNotExists(
      tx('lineage_edges')
        .whereRaw('lineage_edges.from_node = n.id')
        .select('*'),
    )
    .whereNotExists(
      tx('lineage_edges').whereRaw('lineage_edges.to_node = n.id').select('*'),
    )
    // Of a read under way, whose edges may follow.
    .whereNotExists(
      tx('lineage_witnesses as w')
        .join('lineage_providers as p', 'p.id', 'w.provider')
        .whereRaw('w.node_id = n.id')
        .whereRaw('w.last_generation > p.generation')
        .select('w.node_id'),
    )
    // Of a source of events, whose edges may follow as well; these witnesses age.
    .whereNotExists(
      tx('lineage_witnesses as w')
        .whereRaw('w.node_id = n.id')
        .whereNotNull('w.last_seen')
        .select('w.node_id'),
    );
  const ids = (await orphans).map(node => node.id);
  for (let start = 0; start < ids.length; start += 1000) {
    const some = ids.slice(start, start + 1000);
    await tx('lineage_witnesses').whereIn('node_id', some).delete();
    await tx('lineage_nodes').whereIn('id', some).delete();
  }
  return ids.length;
}
