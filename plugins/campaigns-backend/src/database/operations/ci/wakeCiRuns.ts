import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';

/**
 * Has runs of a repository looked at now, since its checks may have moved. One
 * that another process looks at meanwhile is looked at again: the ticket lets
 * one of the two write.
 *
 * @returns how many
 */
export async function wakeCiRuns(
  knex: Knex,
  { host, owner, name }: RepositoryRef,
): Promise<number> {
  return knex('ci_runs')
    .where({ repo_host: host, state: 'waiting' })
    .whereRaw('lower(repo_owner) = ?', [owner.toLowerCase()])
    .whereRaw('lower(repo_name) = ?', [name.toLowerCase()])
    .where('next_at', '>', databaseNow(knex))
    .update({ next_at: databaseNow(knex) });
}
