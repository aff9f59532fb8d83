import { Feedback, Page, PageRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { listPage } from '../listPage';
import { joinFeedback, JoinedFeedbackRow, mapFeedback } from './mapFeedback';
import { FeedbackRow } from './tables';

/** What was said of one target, newest first. */
export async function listTargetFeedback(
  knex: Knex,
  targetId: string,
  page: PageRequest,
): Promise<Page<Feedback>> {
  const query = knex<FeedbackRow>('feedback').where(
    'feedback.target_id',
    targetId,
  );
  return listPage<JoinedFeedbackRow, Feedback>(
    joinFeedback(query),
    page,
    [
      { column: 'feedback.created_at', order: 'desc' },
      { column: 'feedback.id', order: 'asc' },
    ],
    mapFeedback,
  );
}
