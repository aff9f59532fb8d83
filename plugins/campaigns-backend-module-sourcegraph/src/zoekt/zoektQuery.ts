import { CodeSearchQuery, RepositoryRef } from '@skein/plugin-campaigns-common';
import { filtersOf, quoteValue } from '../filters';
import { SearchServer } from '../SearchServer';

/**
 * A query in Zoekt's language.
 *
 * @see https://github.com/sourcegraph/zoekt/blob/main/doc/query_syntax.md
 */
export function zoektQuery(
  query: CodeSearchQuery,
  options: { repositories: RepositoryRef[]; server: SearchServer },
): string {
  const filters = filtersOf(query, options.repositories, options.server);
  return [
    'type:filematch',
    'case:no',
    'branch:HEAD',
    ...(filters.repositories
      ? [`repo:${quoteValue(filters.repositories)}`]
      : []),
    ...filters.files.map(file => `file:${quoteValue(file)}`),
    `content:${quoteValue(filters.content)}`,
  ].join(' ');
}
