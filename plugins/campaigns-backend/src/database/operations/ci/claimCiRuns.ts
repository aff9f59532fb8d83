import { Knex } from 'knex';
import { claimDue } from '../claimDue';
import { CiRunRow } from './tables';

/** Takes runs that are due: to be pushed, looked at, or cleaned up after. */
export async function claimCiRuns(
  knex: Knex,
  options: { limit: number; leaseMilliseconds: number },
): Promise<CiRunRow[]> {
  return knex.transaction(tx =>
    claimDue<CiRunRow>(tx, {
      table: 'ci_runs',
      ticket: 'ticket',
      nextAt: 'next_at',
      due: query => query.whereNot({ state: 'done' }).orderBy('next_at'),
      ...options,
    }),
  );
}
