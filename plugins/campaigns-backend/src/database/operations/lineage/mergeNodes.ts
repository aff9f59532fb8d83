import { Knex } from 'knex';
import { mergeNodeMetadata } from '../../../lineage/mergeNodeMetadata';
import { LineageNodeRow, LineageRead, LineageWitnessRow } from './tables';

/**
 * Brings what is stored of nodes in line with what their sources say. Counts
 * the witnesses of the read under way, not yet published, as valid.
 *
 * @param nodeIds - at most a thousand
 */
export async function mergeNodes(
  tx: Knex,
  read: LineageRead,
  nodeIds: number[],
): Promise<void> {
  // In one order, so that two writers never wait for each other.
  const nodes = await tx<LineageNodeRow>('lineage_nodes')
    .whereIn('id', nodeIds)
    .orderBy('id');
  const witnesses = await tx<LineageWitnessRow>('lineage_witnesses as w')
    .join('lineage_providers as p', 'p.id', 'w.provider')
    .whereIn('w.node_id', nodeIds)
    .where(valid =>
      valid
        .where(own =>
          own
            .where('w.provider', read.provider)
            .where('w.last_generation', read.attempt),
        )
        .orWhere(visible =>
          visible
            .whereRaw('w.first_generation <= p.generation')
            .whereRaw('w.last_generation >= p.generation'),
        ),
    )
    .select('w.node_id', 'w.provider', 'w.metadata');
  const byNode = new Map<number, LineageWitnessRow[]>();
  for (const witness of witnesses) {
    const list = byNode.get(witness.node_id);
    if (list) list.push(witness);
    else byNode.set(witness.node_id, [witness]);
  }
  for (const node of nodes) {
    const next = toColumns(byNode.get(node.id) ?? []);
    const keys = Object.keys(next) as Array<keyof typeof next>;
    if (keys.some(key => node[key] !== next[key])) {
      await tx<LineageNodeRow>('lineage_nodes')
        .where({ id: node.id })
        .update(next);
    }
  }
}

function toColumns(
  witnesses: LineageWitnessRow[],
): Omit<LineageNodeRow, 'id' | 'kind' | 'name'> {
  const merged = mergeNodeMetadata(
    witnesses.map(({ provider, metadata }) => ({
      provider,
      metadata: JSON.parse(metadata),
    })),
  );
  return {
    title: merged.title ?? null,
    entity_ref: merged.entityRef ?? null,
    owner_ref: merged.ownerRef ?? null,
    framework: merged.framework ?? null,
    repo_host: merged.repository?.host ?? null,
    repo_owner: merged.repository?.owner ?? null,
    repo_name: merged.repository?.name ?? null,
    path: merged.path ?? null,
  };
}
