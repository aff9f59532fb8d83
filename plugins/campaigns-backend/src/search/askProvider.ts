import {
  CodeSearchQuery,
  fitsQueryPath,
  fitsQueryRepository,
} from '@skein/plugin-campaigns-common';
import {
  CodeSearchOptions,
  CodeSearchProvider,
  CodeSearchResult,
} from '@skein/plugin-campaigns-node';

/**
 * Asks one provider, and keeps to what the query says: providers differ in what
 * their filters mean, and a server may send anything.
 *
 * @throws what the provider throws
 */
export async function askProvider(
  provider: CodeSearchProvider,
  query: CodeSearchQuery,
  options: CodeSearchOptions,
): Promise<CodeSearchResult> {
  const { matches, incomplete } = await provider.search(query, options);
  return {
    incomplete,
    matches: matches.filter(
      ({ repository, path }) =>
        fitsQueryRepository(query, repository) && fitsQueryPath(query, path),
    ),
  };
}

/**
 * The providers that can answer a query, and why the others cannot. Where some
 * can, nothing is missed by the others.
 */
export function chooseProviders(
  providers: CodeSearchProvider[],
  query: CodeSearchQuery,
): { able: CodeSearchProvider[]; reasons: string[] } {
  const able: CodeSearchProvider[] = [];
  const reasons: string[] = [];
  for (const provider of providers) {
    const reason = provider.cannotAnswer?.(query);
    if (reason === undefined) able.push(provider);
    else reasons.push(reason);
  }
  return { able, reasons };
}
