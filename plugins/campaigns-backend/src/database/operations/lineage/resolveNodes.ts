import { Knex } from 'knex';
import { jsonRows } from './jsonRows';
import { LineageNodeRow } from './tables';

/** Identity of a node. */
export type NodeKey = Pick<LineageNodeRow, 'kind' | 'name'>;

/** A node by one of its names. */
export interface ResolvedNode extends NodeKey {
  /** The name that it is kept under: another one where `name` is an alias. */
  canonical: string;
  id: number;
}

/**
 * The ids of nodes, by kind and name; new ones are made, always in the same
 * order, so that two writers never wait for each other. No key may occur twice;
 * two names of one node give its id twice.
 */
export async function resolveNodes(
  tx: Knex,
  keys: NodeKey[],
): Promise<ResolvedNode[]> {
  if (keys.length === 0) return [];
  const found = await selectNodes(tx, keys);
  const missing = found.filter(node => node.id === null);
  const known = found.filter((node): node is ResolvedNode => node.id !== null);
  if (missing.length === 0) return known;
  await tx.raw(
    `insert into lineage_nodes (kind, name)
     select distinct kind, name from ? as r where true order by kind, name
     on conflict (kind, name) do nothing`,
    [
      toRows(
        tx,
        missing.map(({ kind, canonical }) => ({ kind, name: canonical })),
      ),
    ],
  );
  const made = await selectNodes(tx, missing);
  return [...known, ...(made as ResolvedNode[])];
}

async function selectNodes(
  tx: Knex,
  keys: NodeKey[],
): Promise<Array<NodeKey & { canonical: string; id: number | null }>> {
  return tx
    .select('r.kind', 'r.name', 'n.id', {
      canonical: tx.raw('coalesce(a.canonical, r.name)'),
    })
    .from(tx.raw('? as r', [toRows(tx, keys)]))
    .leftJoin('lineage_aliases as a', join =>
      join.on('a.kind', 'r.kind').andOn('a.name', 'r.name'),
    )
    .leftJoin('lineage_nodes as n', join =>
      join
        .on('n.kind', 'r.kind')
        .andOn('n.name', tx.raw('coalesce(a.canonical, r.name)')),
    );
}

function toRows(tx: Knex, keys: NodeKey[]): Knex.Raw {
  return jsonRows(
    tx,
    { kind: 'text', name: 'text' },
    keys.map(key => [key.kind, key.name]),
  );
}
