import { Knex } from 'knex';
import { LineageNodeRow } from './tables';

const PAGE_SIZE = 10_000;

/** The names of all datasets of which another source than this one says something, page by page. */
export async function* listDatasetNames(
  knex: Knex,
  options: { exceptOf: string },
): AsyncIterable<string[]> {
  const said = (table: string, column: string) =>
    knex(table)
      .whereRaw('?? = n.id', [`${table}.${column}`])
      .whereNot(`${table}.provider`, options.exceptOf)
      .select(`${table}.provider`);
  let after = '';
  for (;;) {
    const names: string[] = await knex<LineageNodeRow>('lineage_nodes as n')
      .where('n.kind', 'dataset')
      .where('n.name', '>', after)
      .where(either =>
        either
          .whereExists(said('lineage_edges', 'from_node'))
          .orWhereExists(said('lineage_edges', 'to_node'))
          .orWhereExists(said('lineage_witnesses', 'node_id')),
      )
      .orderBy('n.name')
      .limit(PAGE_SIZE)
      .pluck('n.name');
    if (names.length > 0) yield names;
    if (names.length < PAGE_SIZE) return;
    after = names[names.length - 1];
  }
}
