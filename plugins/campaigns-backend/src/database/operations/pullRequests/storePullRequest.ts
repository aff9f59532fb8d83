import { PullRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { PublicationRow } from '../publications/tables';
import { toColumns } from './mapPullRequest';

/** Stores the pull request of a publication in place of an earlier one of its target; due for a look at once. */
export async function storePullRequest(
  tx: Knex.Transaction,
  publication: Pick<
    PublicationRow,
    'target_id' | 'campaign_id' | 'repo_host' | 'repo_owner' | 'repo_name'
  >,
  pushedSha: string,
  pullRequest: PullRequest,
): Promise<void> {
  await tx('pull_requests')
    .insert({
      target_id: publication.target_id,
      campaign_id: publication.campaign_id,
      repo_host: publication.repo_host,
      repo_owner: publication.repo_owner,
      repo_name: publication.repo_name,
      ...toColumns({
        ...pullRequest,
        humanCommits:
          pullRequest.humanCommits && pullRequest.headSha !== pushedSha,
      }),
      pushed_sha: pushedSha,
      synced_at: databaseNow(tx),
      changed_at: databaseNow(tx),
      missing_since: null,
      next_sync_at: databaseNow(tx),
      sync_requested_at: null,
      sync_ticket: null,
      scan_requested_at: null,
      conversation: null,
    })
    .onConflict('target_id')
    .merge();
}
