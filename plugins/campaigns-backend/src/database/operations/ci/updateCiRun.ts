import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { databaseNowPlus } from '../../clock';
import { CiRunRow } from './tables';

/** What the holder of a run writes down. */
export type CiRunUpdate = Partial<
  Pick<
    CiRunRow,
    'state' | 'branch' | 'commit' | 'seen' | 'looks' | 'attempts' | 'last_error'
  >
> & {
  pushed_at?: Knex.Raw;
  seen_at?: Knex.Raw;
  /** Milliseconds until it is due again. */
  nextIn?: number;
};

/**
 * Writes down what became of a run.
 *
 * @throws ConflictError where it is no longer the holder's
 */
export async function updateCiRun(
  knex: Knex,
  run: CiRunRow,
  { nextIn, ...update }: CiRunUpdate,
): Promise<CiRunRow> {
  const [row] = await knex('ci_runs')
    .where({ id: run.id, ticket: run.ticket })
    .update({
      ...update,
      ...(nextIn !== undefined && { next_at: databaseNowPlus(knex, nextIn) }),
      // Nothing is left to do: the index of what is due stays small.
      ...(update.state === 'done' && { next_at: null }),
    })
    .returning('*');
  if (!row) throw new ConflictError('Another process holds this CI run');
  return row;
}
