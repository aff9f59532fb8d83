import { Knex } from 'knex';
import { databaseNowPlus } from '../../clock';

/** For `next_read_at`: after a while, or when it was due anyway if that is sooner. */
export function sooner(knex: Knex, milliseconds: number): number {
  const at = databaseNowPlus(knex, milliseconds);
  return knex.raw('case when next_read_at < ? then next_read_at else ? end', [
    at,
    at,
  ]) as unknown as number;
}
