import { Knex } from 'knex';
import {
  DatedMetadata,
  lastSaid,
  mergeDated,
  underAlias,
} from '../../../lineage/events/datedMetadata';
import { mergeNodes } from './mergeNodes';
import { EVENT_GENERATION } from './registerEventSource';
import { resolveNodes } from './resolveNodes';
import { LineageAliasRow, LineageNodeRow, LineageWitnessRow } from './tables';

const NODES_AT_ONCE = 500;

/** A node that is to be no more, and the one that it is. */
interface Merge {
  kind: 'dataset' | 'job';
  from: number;
  to: number;
}

/**
 * Moves what was stored under a name to the node that the name means, as
 * `learnAliases` has found out. Must only be called where nobody writes: a read
 * under way knows nodes by their ids.
 *
 * @returns whether more are left
 */
export async function mergeAliases(
  tx: Knex.Transaction,
  provider: string,
): Promise<boolean> {
  const nodes = await tx<LineageNodeRow>('lineage_nodes as n')
    .join<LineageAliasRow>('lineage_aliases as a', join =>
      join.on('a.kind', 'n.kind').andOn('a.name', 'n.name'),
    )
    .whereRaw('a.canonical <> a.name')
    .orderBy('n.id')
    .limit(NODES_AT_ONCE)
    .select('n.id', 'n.kind', 'a.canonical');
  if (nodes.length === 0) return false;
  const keys = new Map(
    nodes.map(node => [
      `${node.kind} ${node.canonical}`,
      { kind: node.kind, name: node.canonical },
    ]),
  );
  const targets = new Map(
    (await resolveNodes(tx, [...keys.values()])).map(node => [
      `${node.kind} ${node.name}`,
      node.id,
    ]),
  );
  for (const node of nodes) {
    const to = targets.get(`${node.kind} ${node.canonical}`)!;
    if (to !== node.id) await merge(tx, { kind: node.kind, from: node.id, to });
  }
  await mergeNodes(
    tx,
    { provider, attempt: EVENT_GENERATION },
    [...new Set(targets.values())].sort((a, b) => a - b),
  );
  return nodes.length === NODES_AT_ONCE;
}

async function merge(tx: Knex, { kind, from, to }: Merge): Promise<void> {
  for (const column of ['from_node', 'to_node'] as const) {
    await moveRows(tx, 'lineage_edges', column, { from, to });
  }
  const ends =
    kind === 'job'
      ? (['job_node'] as const)
      : (['from_node', 'to_node'] as const);
  for (const column of ends) {
    await moveRows(tx, 'lineage_columns', column, { from, to });
  }
  await moveWitnesses(tx, { kind, from, to });
  await tx('lineage_nodes').where({ id: from }).delete();
}

const tables = {
  lineage_edges: {
    keys: ['from_node', 'to_node', 'provider'],
    values: ['confidence'],
    // Certain comes before likely.
    merged: `confidence = case when lineage_edges.confidence < excluded.confidence
      then lineage_edges.confidence else excluded.confidence end,`,
  },
  lineage_columns: {
    keys: [
      'from_node',
      'from_column',
      'job_node',
      'to_node',
      'to_column',
      'transformation',
      'provider',
    ],
    values: [],
    merged: '',
  },
};

/** Gives rows of one node to another; where both have one, it holds as long as either did. */
async function moveRows(
  tx: Knex,
  table: keyof typeof tables,
  column: string,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const { keys, values, merged } = tables[table];
  const copied = [
    ...keys,
    ...values,
    'last_seen',
    'first_generation',
    'last_generation',
  ];
  await tx.raw(
    `insert into ${table} (${copied.join(', ')})
     select ${copied
       .map(each => (each === column ? `${Number(to)}` : each))
       .join(', ')} from ${table} where ${column} = ?
     on conflict (${keys.join(', ')}) do update set ${merged}
       last_seen = case when ${table}.last_seen > excluded.last_seen
         then ${table}.last_seen else excluded.last_seen end,
       first_generation =
         case when ${table}.first_generation < excluded.first_generation
         then ${table}.first_generation else excluded.first_generation end,
       last_generation =
         case when ${table}.last_generation > excluded.last_generation
         then ${table}.last_generation else excluded.last_generation end`,
    [from],
  );
  await tx(table)
    .where({ [column]: from })
    .delete();
}

async function moveWitnesses(
  tx: Knex,
  { kind, from, to }: Merge,
): Promise<void> {
  const rows = await tx<LineageWitnessRow>('lineage_witnesses').whereIn(
    'node_id',
    [from, to],
  );
  for (const row of rows.filter(each => each.node_id === from)) {
    const other = rows.find(
      each => each.node_id === to && each.provider === row.provider,
    );
    const where = { node_id: from, provider: row.provider };
    if (row.last_seen === null) {
      // What reads a source as a whole says it again at its next read.
      if (other) await tx('lineage_witnesses').where(where).delete();
      else await tx('lineage_witnesses').where(where).update({ node_id: to });
      continue;
    }
    const metadata: DatedMetadata = mergeDated(
      underAlias(JSON.parse(row.metadata), kind),
      other ? JSON.parse(other.metadata) : { at: {} },
    );
    await tx('lineage_witnesses').where(where).delete();
    if (lastSaid(metadata) === 0) continue;
    await tx<LineageWitnessRow>('lineage_witnesses')
      .insert({
        ...row,
        node_id: to,
        metadata: JSON.stringify(metadata),
        last_seen: lastSaid(metadata),
      })
      .onConflict(['node_id', 'provider'])
      .merge(['metadata', 'last_seen']);
  }
}
