import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { PullRequestRow } from './tables';

/**
 * Asks for a look at one pull request of a repository, or at all that are not
 * merged. A look under way does not count: it may have been too early.
 *
 * @param request.said - what was said there is read again too
 * @returns how many will be looked at
 */
export async function requestSync(
  knex: Knex,
  repository: RepositoryRef,
  request: { number?: number; said?: boolean } = {},
): Promise<number> {
  const { number, said } = request;
  return knex<PullRequestRow>('pull_requests')
    .where({ repo_host: repository.host })
    .whereRaw('lower(repo_owner) = ?', [repository.owner.toLowerCase()])
    .whereRaw('lower(repo_name) = ?', [repository.name.toLowerCase()])
    .andWhere(query =>
      number === undefined
        ? query.whereNot({ state: 'merged' })
        : query.where({ number }),
    )
    .update({
      next_sync_at: databaseNow(knex) as unknown as number,
      sync_requested_at: databaseNow(knex) as unknown as number,
      ...(said && { conversation: null }),
    });
}
