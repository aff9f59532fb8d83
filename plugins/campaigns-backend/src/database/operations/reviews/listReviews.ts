import { Page, PageRequest, Review } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { listPage } from '../listPage';
import { mapReview } from './mapReview';
import { ReviewRow } from './tables';

/** Looks at patches of a target, newest first. */
export async function listReviews(
  knex: Knex,
  targetId: string,
  page: PageRequest,
): Promise<Page<Review>> {
  return listPage<ReviewRow, Review>(
    knex<ReviewRow>('reviews').where({ target_id: targetId }),
    page,
    [
      { column: 'created_at', order: 'desc' },
      { column: 'round', order: 'desc' },
      { column: 'id', order: 'asc' },
    ],
    mapReview,
  );
}
