import { Knex } from 'knex';
import { LineageRead } from './tables';

/** How many edges a read has seen, those that it kept among them. */
export async function countEdges(
  knex: Knex,
  read: LineageRead,
): Promise<number> {
  const [{ count }] = await knex('lineage_edges')
    .where({ provider: read.provider, last_generation: read.attempt })
    .count({ count: '*' });
  return Number(count);
}
