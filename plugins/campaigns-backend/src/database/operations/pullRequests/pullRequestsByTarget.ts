import { PullRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toPullRequest } from './mapPullRequest';
import { PullRequestRow } from './tables';

/** SQLite bounds the variables of one statement. */
const CHUNK = 500;

/** The newest pull request of each target that has one. */
export async function pullRequestsByTarget(
  knex: Knex,
  targetIds: string[],
): Promise<Map<string, PullRequest>> {
  const pullRequests = new Map<string, PullRequest>();
  for (let start = 0; start < targetIds.length; start += CHUNK) {
    const rows = await knex<PullRequestRow>('pull_requests').whereIn(
      'target_id',
      targetIds.slice(start, start + CHUNK),
    );
    for (const row of rows) {
      pullRequests.set(row.target_id, toPullRequest(row));
    }
  }
  return pullRequests;
}
