import { NotFoundError } from '@backstage/errors';
import { Job } from '@skein/plugin-campaigns-common';
import { Request } from 'express';
import { getJob } from '../database/operations/jobs/getJob';
import { findTarget } from './findTarget';
import { RouterOptions } from './RouterOptions';

/**
 * The job that a request is about, if its caller may read the job's target.
 *
 * @throws NotFoundError in the same words where there is none
 */
export async function findJob(
  options: Pick<RouterOptions, 'authorizer' | 'knex'>,
  request: Request,
): Promise<Job> {
  const missing = `No job with id ${request.params.job}`;
  const job = await getJob(options.knex, request.params.job).catch(error => {
    throw error.name === 'NotFoundError' ? new NotFoundError(missing) : error;
  });
  await findTarget(options, request, job.targetId, missing);
  return job;
}
