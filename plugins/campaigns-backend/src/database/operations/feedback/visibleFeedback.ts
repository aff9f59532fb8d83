import { Knex } from 'knex';
import { allRows, RowFilter } from '../../../authorization';
import { FeedbackRow } from './tables';

/** A campaign's feedback of those targets that may be seen: nothing else is shown or counted. */
export function visibleFeedback(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): Knex.QueryBuilder {
  const query = knex<FeedbackRow>('feedback').where(
    'feedback.campaign_id',
    campaignId,
  );
  if (readable !== allRows) {
    const targets = knex('targets')
      .where({ campaign_id: campaignId })
      .select('id');
    readable(targets);
    query.whereIn('feedback.target_id', targets);
  }
  return query;
}
