import { NotFoundError } from '@backstage/errors';
import { Job } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toJob } from './mapJob';
import { JobRow } from './tables';

/** @throws NotFoundError */
export async function getJob(knex: Knex, jobId: string): Promise<Job> {
  const row = await knex<JobRow>('jobs').where({ id: jobId }).first();
  if (!row) throw new NotFoundError(`No job with id ${jobId}`);
  return toJob(row);
}
