import { Knex } from 'knex';
import { mergeNodeMetadata } from '../../../lineage/mergeNodeMetadata';
import { hasRowLocks } from '../../clock';
import { jsonRows } from './jsonRows';
import { LineageNodeRow, LineageRead, LineageWitnessRow } from './tables';

/** What sources say of a node. */
const columns = [
  'title',
  'entity_ref',
  'owner_ref',
  'framework',
  'repo_host',
  'repo_owner',
  'repo_name',
  'path',
] as const;

type Column = (typeof columns)[number];

/**
 * Brings what is stored of nodes in line with what their sources say. Counts
 * the witnesses of the read under way, not yet published, as valid.
 *
 * @param nodeIds - some thousands at most
 */
export async function mergeNodes(
  tx: Knex,
  read: LineageRead,
  nodeIds: number[],
): Promise<void> {
  const query = tx<LineageNodeRow>('lineage_nodes')
    .whereIn('id', nodeIds)
    .orderBy('id');
  // Locked, so that another source's word is not lost between reading and
  // writing; in one order, so that two writers never wait for each other.
  const nodes = await (hasRowLocks(tx) ? query.forUpdate() : query);
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
  const changed = nodes.flatMap(node => {
    const next = toColumns(byNode.get(node.id) ?? []);
    return columns.some(column => node[column] !== next[column])
      ? [[node.id, ...columns.map(column => next[column])]]
      : [];
  });
  if (changed.length === 0) return;
  // One statement, since a thousand take a thousand times the way.
  await tx.raw(
    `update lineage_nodes set ${columns
      .map(column => `${column} = r.${column}`)
      .join(', ')} from ? as r where lineage_nodes.id = r.id`,
    [
      jsonRows(
        tx,
        {
          id: 'integer',
          ...(Object.fromEntries(
            columns.map(column => [column, 'text']),
          ) as Record<Column, 'text'>),
        },
        changed,
      ),
    ],
  );
}

function toColumns(
  witnesses: LineageWitnessRow[],
): Pick<LineageNodeRow, Column> {
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
