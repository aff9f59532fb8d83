import { CodeSearchQuery, RepositoryRef } from '@skein/plugin-campaigns-common';
import {
  CodeSearchProvider,
  CodeSearchResult,
} from '@skein/plugin-campaigns-node';
import { askProvider, chooseProviders } from '../search/askProvider';
import { firstLine } from '../search/firstLine';
import { mapLimited } from './mapLimited';
import { SearchHits } from './types';

const SEARCHES_AT_ONCE = 3;

/**
 * Asks every provider every query. A provider that fails costs its own hits
 * and nothing else: what it said is a notice.
 */
export async function searchCode(options: {
  queries: CodeSearchQuery[];
  providers: CodeSearchProvider[];
  repositories: RepositoryRef[];
  signal: AbortSignal;
}): Promise<{ searches: SearchHits[]; notices: string[] }> {
  const { queries, providers, repositories, signal } = options;
  const notices = new Set<string>();
  if (queries.length > 0 && providers.length === 0) {
    notices.add(
      'No code search is configured: consumers that lineage does not know are missed',
    );
  }
  const asked = queries.flatMap(query => {
    const { able, reasons } = chooseProviders(providers, query);
    // What one cannot answer, others do; only where none can is it missed.
    if (able.length === 0) {
      reasons.forEach(reason => notices.add(`'${query.query}': ${reason}`));
    }
    return able.map(provider => ({ query, provider }));
  });
  const searches = await mapLimited(
    asked,
    SEARCHES_AT_ONCE,
    signal,
    async ({ query, provider }) => {
      let result: CodeSearchResult;
      try {
        result = await askProvider(provider, query, { signal, repositories });
      } catch (error) {
        signal.throwIfAborted();
        notices.add(
          `${provider.title} could not be searched for '${
            query.query
          }': ${firstLine(error)}`,
        );
        return { query, provider: provider.id, hits: [] };
      }
      if (result.incomplete) {
        notices.add(
          `${provider.title}, '${query.query}': ${result.incomplete}`,
        );
      }
      return {
        query,
        provider: provider.id,
        hits: result.matches.map(({ repository, path, line, text }) => ({
          repository,
          path,
          line: line ?? 1,
          text: text ?? '',
        })),
      };
    },
  );
  return { searches, notices: [...notices].sort() };
}
