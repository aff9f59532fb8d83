import { Review } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { mapReview } from './mapReview';
import { ReviewRow } from './tables';

/** All looks at patches of a job, oldest first; a job has few. */
export async function listReviewsOfJob(
  knex: Knex,
  jobId: string,
): Promise<Review[]> {
  const rows = await knex<ReviewRow>('reviews')
    .where({ job_id: jobId })
    .orderBy('round');
  return rows.map(mapReview);
}
