import {
  FeedbackGroup,
  FeedbackSource,
  FeedbackState,
  ListFeedbackRequest,
  Page,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { toIso } from '../../clock';
import { DbTime } from '../../tables';
import { DEFAULT_PAGE_SIZE } from '../listPage';
import { whereWords } from '../whereWords';
import { joinDecisions } from './joinDecisions';
import { joinFeedback, JoinedFeedbackRow, mapFeedback } from './mapFeedback';
import { visibleFeedback } from './visibleFeedback';

interface GroupRow {
  key: string;
  source: FeedbackSource;
  count: number | string;
  targets: number | string;
  state: FeedbackState | null;
  decided_by: string | null;
  decided_at: DbTime | null;
  revision_id: string | null;
  revision_number: number | null;
}

/**
 * A campaign's feedback in groups of the same words: open ones first, then the
 * most frequent. A group counts what may be seen of it.
 */
export async function listFeedback(
  knex: Knex,
  campaignId: string,
  request: ListFeedbackRequest,
  readable: RowFilter,
): Promise<Page<FeedbackGroup>> {
  const groups = groupsOf(knex, campaignId, request, readable);
  const [{ total }] = await knex
    .from(groups.clone().select('feedback.key').as('groups'))
    .count({ total: '*' });
  const rows: GroupRow[] = await groups
    .select({
      key: 'feedback.key',
      source: 'feedback.source',
      state: 'decisions.state',
      decided_by: 'decisions.decided_by',
      decided_at: 'decisions.decided_at',
      revision_id: 'context_revisions.id',
      revision_number: 'context_revisions.number',
    })
    .count({ count: '*' })
    .countDistinct({ targets: 'feedback.target_id' })
    .orderByRaw('case when decisions.state is null then 0 else 1 end')
    .orderByRaw('count(*) desc')
    .orderByRaw('max(feedback.created_at) desc')
    .orderBy('feedback.key')
    .offset(request.offset ?? 0)
    .limit(request.limit ?? DEFAULT_PAGE_SIZE);
  const newest = await readNewest(
    knex,
    visibleFeedback(knex, campaignId, readable),
    rows.map(({ key }) => key),
  );
  return {
    items: rows.map(row => toGroup(row, newest.get(row.key)!)),
    totalItems: Number(total),
  };
}

function groupsOf(
  knex: Knex,
  campaignId: string,
  { states, sources, search }: ListFeedbackRequest,
  readable: RowFilter,
): Knex.QueryBuilder {
  const query = joinDecisions(
    visibleFeedback(knex, campaignId, readable),
  ).groupBy(
    'feedback.key',
    'feedback.source',
    'decisions.state',
    'decisions.decided_by',
    'decisions.decided_at',
    'context_revisions.id',
    'context_revisions.number',
  );
  if (sources?.length) query.whereIn('feedback.source', sources);
  if (states?.length) {
    query.whereIn(knex.raw("coalesce(decisions.state, 'open')") as any, states);
  }
  if (search?.trim()) {
    // What says the same counts as a whole, in whichever letters one of it matches.
    const matching = visibleFeedback(knex, campaignId, readable).select('key');
    whereWords(matching, 'feedback.text', search);
    query.whereIn('feedback.key', matching);
  }
  return query;
}

async function readNewest(
  knex: Knex,
  visible: Knex.QueryBuilder,
  keys: string[],
): Promise<Map<string, JoinedFeedbackRow>> {
  if (keys.length === 0) return new Map();
  const ranked = joinFeedback(visible.whereIn('feedback.key', keys)).select(
    knex.raw(
      'row_number() over (partition by feedback.key order by feedback.created_at desc, feedback.id) as place',
    ),
  );
  const rows: JoinedFeedbackRow[] = await knex
    .from(ranked.as('ranked'))
    .where({ place: 1 });
  return new Map(rows.map(row => [row.key, row]));
}

function toGroup(row: GroupRow, latest: JoinedFeedbackRow): FeedbackGroup {
  return {
    key: row.key,
    source: row.source,
    state: row.state ?? 'open',
    count: Number(row.count),
    targets: Number(row.targets),
    latest: mapFeedback(latest),
    promotedTo:
      row.revision_id !== null && row.revision_number !== null
        ? { revisionId: row.revision_id, revisionNumber: row.revision_number }
        : undefined,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: toIso(row.decided_at),
  };
}
