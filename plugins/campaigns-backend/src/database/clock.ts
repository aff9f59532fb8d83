import { Knex } from 'knex';

/** Whether rows can be locked one by one; SQLite has one writer at a time instead. */
export function hasRowLocks(knex: Knex): boolean {
  return String(knex.client.config.client).includes('pg');
}

/**
 * The database's own clock in epoch milliseconds, as an expression: leases are
 * decided by it, so that replicas with differing clocks agree.
 */
export function databaseNow(knex: Knex): Knex.Raw {
  return hasRowLocks(knex)
    ? knex.raw('(extract(epoch from clock_timestamp()) * 1000)::bigint')
    : knex.raw("cast((julianday('now') - 2440587.5) * 86400000 as integer)");
}

/** {@link databaseNow} plus an offset in milliseconds. */
export function databaseNowPlus(knex: Knex, milliseconds: number): Knex.Raw {
  return knex.raw('? + ?', [databaseNow(knex), Math.round(milliseconds)]);
}

/** Reads the database's clock. */
export async function readDatabaseNow(knex: Knex): Promise<number> {
  const [row] = await knex.select({ now: databaseNow(knex) });
  return Number(row.now);
}

/** An ISO text from a stored time; Postgres gives big integers as text. */
export function toIso(
  time: number | string | null | undefined,
): string | undefined {
  return time === null || time === undefined
    ? undefined
    : new Date(Number(time)).toISOString();
}
