import { FeedbackState } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { joinDecisions } from './joinDecisions';
import { visibleFeedback } from './visibleFeedback';

/** A group as somebody decides about it. */
export interface FoundGroup {
  key: string;
  state: FeedbackState;
  /** Number of the revision whose lesson it became. */
  promotedTo?: number;
}

/** Those of some groups of which anything may be seen. */
export async function findGroups(
  knex: Knex,
  campaignId: string,
  keys: string[],
  readable: RowFilter,
): Promise<FoundGroup[]> {
  const rows: Array<{
    key: string;
    state: FeedbackState | null;
    number: number | null;
  }> = await joinDecisions(visibleFeedback(knex, campaignId, readable))
    .whereIn('feedback.key', keys)
    .distinct({
      key: 'feedback.key',
      state: 'decisions.state',
      number: 'context_revisions.number',
    });
  return rows.map(({ key, state, number }) => ({
    key,
    state: state ?? 'open',
    promotedTo: number ?? undefined,
  }));
}

/** Address of the newest comment of some groups; undefined where none has one. */
export async function findSource(
  knex: Knex,
  campaignId: string,
  keys: string[],
  readable: RowFilter,
): Promise<string | undefined> {
  const newest = await visibleFeedback(knex, campaignId, readable)
    .whereIn('feedback.key', keys)
    .whereNotNull('feedback.url')
    .orderBy([
      { column: 'feedback.created_at', order: 'desc' },
      { column: 'feedback.id', order: 'asc' },
    ])
    .first('feedback.url');
  return newest?.url;
}
