import { Job, Page, PageRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { listPage } from '../listPage';
import { toJob } from './mapJob';
import { JobRow } from './tables';

/** The jobs of a target, newest first. */
export async function listJobs(
  knex: Knex,
  targetId: string,
  page: PageRequest,
): Promise<Page<Job>> {
  const query = knex<JobRow>('jobs').where({ target_id: targetId });
  return listPage<JobRow, Job>(
    query,
    page,
    [
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ],
    toJob,
  );
}
