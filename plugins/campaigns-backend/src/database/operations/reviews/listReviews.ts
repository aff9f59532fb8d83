import {
  ListReviewsRequest,
  Page,
  Review,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { listPage } from '../listPage';
import { mapReview } from './mapReview';
import { ReviewRow } from './tables';

/** Looks at patches of a target, newest first: of one job, or of all but trials. */
export async function listReviews(
  knex: Knex,
  targetId: string,
  request: ListReviewsRequest,
): Promise<Page<Review>> {
  const query = knex<ReviewRow>('reviews').where({ target_id: targetId });
  if (request.jobId) {
    query.where({ job_id: request.jobId });
  } else {
    const trials = knex('jobs')
      .where({ target_id: targetId, task: 'evaluate' })
      .select('id');
    query.whereNotIn('job_id', trials);
  }
  return listPage<ReviewRow, Review>(
    query,
    request,
    [
      { column: 'created_at', order: 'desc' },
      { column: 'round', order: 'desc' },
      { column: 'id', order: 'asc' },
    ],
    mapReview,
  );
}
