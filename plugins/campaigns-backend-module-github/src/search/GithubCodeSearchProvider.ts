import { CodeSearchQuery, RepositoryRef } from '@skein/plugin-campaigns-common';
import {
  CodeSearchMatch,
  CodeSearchProvider,
  CodeSearchResult,
  ForgeRateLimitError,
} from '@skein/plugin-campaigns-node';
import { Octokit } from 'octokit';
import { setTimeout as sleep } from 'timers/promises';
import { GithubClients } from '../forge/GithubClients';
import { mapForgeError } from '../forge/mapForgeError';
import { codeSearchText, searchScope } from './codeSearchText';
import { toMatches } from './toMatches';

const PAGE = 100;
/** GitHub gives no more results of one search. */
const MOST_RESULTS = 1_000;

/**
 * GitHub's REST code search: literal words on default branches, ten requests a
 * minute, a thousand results. What it cuts is told.
 */
export class GithubCodeSearchProvider implements CodeSearchProvider {
  readonly id = 'github';
  readonly title = 'GitHub code search';
  readonly #clients: GithubClients[];
  readonly #patienceMilliseconds: number;

  private constructor(clients: GithubClients[], patienceMilliseconds: number) {
    this.#clients = clients;
    this.#patienceMilliseconds = patienceMilliseconds;
  }

  /** @param options.patienceMilliseconds - how long one search may wait for GitHub's limit, in all; default: 5 minutes */
  static create(
    clients: GithubClients[],
    options: { patienceMilliseconds?: number } = {},
  ): GithubCodeSearchProvider {
    return new GithubCodeSearchProvider(
      clients,
      options.patienceMilliseconds ?? 5 * 60_000,
    );
  }

  async search(
    query: CodeSearchQuery,
    options: { signal: AbortSignal; repositories: RepositoryRef[] },
  ): Promise<CodeSearchResult> {
    if (query.regex) {
      return {
        matches: [],
        incomplete:
          "GitHub's code search has no regular expressions: search for words instead",
      };
    }
    const matches: CodeSearchMatch[] = [];
    const cuts = new Set<string>();
    const patience = { left: this.#patienceMilliseconds };
    for (const clients of this.#clients) {
      for (const owner of ownersOn(clients.host, query, options.repositories)) {
        const found = await this.#searchOwner(
          clients,
          owner,
          query,
          options.signal,
          patience,
        );
        matches.push(...found.matches);
        if (found.incomplete) cuts.add(found.incomplete);
      }
    }
    return {
      matches,
      incomplete: cuts.size > 0 ? [...cuts].join(' ') : undefined,
    };
  }

  async #searchOwner(
    clients: GithubClients,
    owner: string,
    query: CodeSearchQuery,
    signal: AbortSignal,
    patience: { left: number },
  ): Promise<CodeSearchResult> {
    const octokit = await clients.forOwner(owner);
    const q = codeSearchText(query, searchScope(owner, query.repository));
    const matches: CodeSearchMatch[] = [];
    let incomplete: string | undefined;
    for (let page = 1; page <= MOST_RESULTS / PAGE; page++) {
      const data = await this.#page(octokit, owner, q, page, signal, patience);
      if (!data) {
        incomplete = `GitHub's search limit was reached while searching ${owner}.`;
        break;
      }
      matches.push(
        ...data.items.flatMap(item => toMatches(clients.host, item)),
      );
      if (data.incomplete_results) {
        incomplete = `GitHub did not finish searching ${owner} in time.`;
      }
      if (data.total_count > MOST_RESULTS) {
        incomplete = `GitHub found ${data.total_count} files in ${owner} and shows the first ${MOST_RESULTS}.`;
      }
      if (data.items.length < PAGE) break;
    }
    return { matches, incomplete };
  }

  /** @returns undefined where the limit does not allow it in the time that is left */
  async #page(
    octokit: Octokit,
    owner: string,
    q: string,
    page: number,
    signal: AbortSignal,
    patience: { left: number },
  ) {
    for (;;) {
      signal.throwIfAborted();
      try {
        const { data } = await octokit.rest.search.code({
          q,
          page,
          per_page: PAGE,
          mediaType: { format: 'text-match' },
          request: { signal },
        });
        return data;
      } catch (error) {
        const mapped = mapForgeError(error, `Could not search ${owner}`);
        if (!(mapped instanceof ForgeRateLimitError)) throw mapped;
        const wait = mapped.retryAfterSeconds * 1_000;
        if (wait > patience.left) return undefined;
        patience.left -= wait;
        await sleep(wait, undefined, { signal });
      }
    }
  }
}

function ownersOn(
  host: string,
  query: CodeSearchQuery,
  repositories: RepositoryRef[],
): string[] {
  const owners = new Map<string, string>();
  for (const repository of repositories) {
    if (repository.host.toLowerCase() !== host.toLowerCase()) continue;
    const key = repository.owner.toLowerCase();
    if (!owners.has(key)) owners.set(key, repository.owner);
  }
  const named = query.repository?.split('/')[0].toLowerCase();
  return [...owners]
    .filter(([key]) => named === undefined || key === named)
    .map(([, owner]) => owner);
}
