import { Knex } from 'knex';
import { jsonRows } from './jsonRows';
import { LineageNodeRow } from './tables';

/** Identity of a node. */
export type NodeKey = Pick<LineageNodeRow, 'kind' | 'name'>;

/** The ids of nodes, by kind and name; new ones are made. No node may occur twice. */
export async function resolveNodes(
  tx: Knex,
  keys: NodeKey[],
): Promise<Array<NodeKey & { id: number }>> {
  if (keys.length === 0) return [];
  const found = await selectNodes(tx, keys);
  if (found.length === keys.length) return found;
  const known = new Set(found.map(node => `${node.kind} ${node.name}`));
  const missing = keys.filter(key => !known.has(`${key.kind} ${key.name}`));
  await tx.raw(
    `insert into lineage_nodes (kind, name)
     select kind, name from ? as r where true
     on conflict (kind, name) do nothing`,
    [toRows(tx, missing)],
  );
  return [...found, ...(await selectNodes(tx, missing))];
}

async function selectNodes(tx: Knex, keys: NodeKey[]) {
  return tx
    .select('n.id', 'n.kind', 'n.name')
    .from(tx.raw('? as r', [toRows(tx, keys)]))
    .join('lineage_nodes as n', join =>
      join.on('n.kind', 'r.kind').andOn('n.name', 'r.name'),
    );
}

function toRows(tx: Knex, keys: NodeKey[]): Knex.Raw {
  return jsonRows(
    tx,
    { kind: 'text', name: 'text' },
    keys.map(key => [key.kind, key.name]),
  );
}
