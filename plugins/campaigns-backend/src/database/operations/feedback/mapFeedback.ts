import { Feedback } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { FeedbackRow } from './tables';

/** A row with what it refers to. */
export interface JoinedFeedbackRow extends FeedbackRow {
  repo_host: string;
  repo_owner: string;
  repo_name: string;
  path: string;
  revision_number: number | null;
}

/** Adds to a query over `feedback` what {@link mapFeedback} reads beside its rows. */
export function joinFeedback(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .join('targets', 'targets.id', 'feedback.target_id')
    .leftJoin(
      'context_revisions',
      'context_revisions.id',
      'feedback.revision_id',
    )
    .select(
      'feedback.*',
      'targets.repo_host',
      'targets.repo_owner',
      'targets.repo_name',
      'targets.path',
      { revision_number: 'context_revisions.number' },
    );
}

/** Feedback as the API gives it. */
export function mapFeedback(row: JoinedFeedbackRow): Feedback {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    target: {
      id: row.target_id,
      repository: {
        host: row.repo_host,
        owner: row.repo_owner,
        name: row.repo_name,
      },
      path: row.path,
    },
    source: row.source,
    revisionNumber: row.revision_number ?? undefined,
    author: row.author ?? undefined,
    text: row.text,
    file: row.file ?? undefined,
    line: row.line ?? undefined,
    url: row.url ?? undefined,
    jobId: row.job_id ?? undefined,
    createdAt: toIso(row.created_at)!,
  };
}
