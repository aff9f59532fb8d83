import { NotFoundError } from '@backstage/errors';
import { Change } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toChange } from './getChange';
import { ChangeRow } from './tables';

/**
 * What a job made.
 *
 * @throws NotFoundError where it has made nothing, or not yet
 */
export async function getJobChange(knex: Knex, jobId: string): Promise<Change> {
  const row = await knex<ChangeRow>('changes')
    .where({ job_id: jobId })
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first();
  if (!row) throw new NotFoundError('This job has left no change');
  return toChange(row);
}
