import { Feedback, Page, PageRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { DEFAULT_PAGE_SIZE } from '../listPage';
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
  const [{ total }]: any[] = await query.clone().count({ total: '*' });
  const rows: JoinedFeedbackRow[] = await joinFeedback(query)
    .orderBy([
      { column: 'feedback.created_at', order: 'desc' },
      { column: 'feedback.id', order: 'asc' },
    ])
    .offset(page.offset ?? 0)
    .limit(page.limit ?? DEFAULT_PAGE_SIZE);
  return { items: rows.map(mapFeedback), totalItems: Number(total) };
}
