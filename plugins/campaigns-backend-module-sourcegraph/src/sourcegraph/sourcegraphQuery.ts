import { CodeSearchQuery, RepositoryRef } from '@skein/plugin-campaigns-common';
import { filtersOf, quoteValue } from '../filters';
import { SearchServer } from '../SearchServer';

/**
 * A query in Sourcegraph's language, for the pattern type `regexp`.
 *
 * @see https://sourcegraph.com/docs/code-search/queries
 */
export function sourcegraphQuery(
  query: CodeSearchQuery,
  options: {
    repositories: RepositoryRef[];
    server: SearchServer;
    timeoutMilliseconds: number;
  },
): string {
  const { repositories, server, timeoutMilliseconds } = options;
  const filters = filtersOf(query, repositories, server);
  return [
    'type:file',
    'case:no',
    // Which of them count is for the campaign to say.
    'archived:yes',
    'fork:yes',
    `count:${server.mostLines}`,
    `timeout:${Math.max(1, Math.round(timeoutMilliseconds / 1_000))}s`,
    ...(filters.repositories
      ? [`repo:${quoteValue(filters.repositories)}`]
      : []),
    ...filters.files.map(file => `file:${quoteValue(file)}`),
    `content:${quoteValue(filters.content)}`,
  ].join(' ');
}
