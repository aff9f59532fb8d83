import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import { PullRequestRow } from '../database/operations/pullRequests/tables';

export function refOf(row: PullRequestRow): RepositoryRef {
  return { host: row.repo_host, owner: row.repo_owner, name: row.repo_name };
}

/** What a pull request is found by; forges do not tell names apart by case. */
export function pullRequestKey(
  repository: RepositoryRef,
  number: number,
): string {
  return `${formatRepositoryRef(repository)}#${number}`.toLowerCase();
}
