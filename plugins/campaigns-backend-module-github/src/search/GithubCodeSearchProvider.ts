import {
  CodeSearchQuery,
  fitsQueryRepository,
  RepositoryRef,
  searchRepositories,
} from '@skein/plugin-campaigns-common';
import {
  CodeSearchMatch,
  CodeSearchOptions,
  CodeSearchProvider,
  CodeSearchResult,
  ForgeRateLimitError,
} from '@skein/plugin-campaigns-node';
import { GithubClients } from '../forge/GithubClients';
import { mapForgeError } from '../forge/mapForgeError';
import { codeSearchText, searchScope } from './codeSearchText';
import { githubCodeSearchPace, Patience, SearchPace } from './SearchPace';
import { toMatches } from './toMatches';

const PAGE = 100;
/** GitHub gives no more results of one search. */
const MOST_RESULTS = 1_000;

/** One owner's part of a search. */
interface OwnerSearch {
  clients: GithubClients;
  owner: string;
  q: string;
  signal: AbortSignal;
  patience: Patience;
}

/**
 * GitHub's REST code search: literal words on default branches, ten requests a
 * minute, a thousand results. What it cuts is told.
 */
export class GithubCodeSearchProvider implements CodeSearchProvider {
  readonly id = 'github';
  readonly title = 'GitHub code search';
  readonly #clients: GithubClients[];
  readonly #patienceMilliseconds: number;
  /** By host and owner: an App has limits of its own in each installation. */
  readonly #paces = new Map<string, SearchPace>();

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

  cannotAnswer(query: CodeSearchQuery): string | undefined {
    return query.regex
      ? "GitHub's code search has no regular expressions: search for words instead."
      : undefined;
  }

  async search(
    query: CodeSearchQuery,
    options: CodeSearchOptions,
  ): Promise<CodeSearchResult> {
    const unable = this.cannotAnswer(query);
    if (unable) return { matches: [], incomplete: unable };
    const { signal, timeoutMilliseconds = Infinity } = options;
    const matches: CodeSearchMatch[] = [];
    const cuts = new Set<string>();
    const patience = {
      milliseconds: Math.min(this.#patienceMilliseconds, timeoutMilliseconds),
    };
    for (const clients of this.#clients) {
      for (const owner of ownersOn(clients.host, query, options.repositories)) {
        const scope = searchScope(
          owner,
          searchRepositories(query).filter(pattern =>
            mayNameOwner(pattern, owner),
          ),
        );
        const found = await this.#searchOwner({
          clients,
          owner,
          q: codeSearchText(query, scope),
          signal,
          patience,
        });
        matches.push(...found.matches);
        if (found.incomplete) cuts.add(found.incomplete);
      }
    }
    return {
      matches,
      incomplete: cuts.size > 0 ? [...cuts].join(' ') : undefined,
    };
  }

  async #searchOwner(search: OwnerSearch): Promise<CodeSearchResult> {
    const { clients, owner } = search;
    const matches: CodeSearchMatch[] = [];
    let incomplete: string | undefined;
    for (let page = 1; page <= MOST_RESULTS / PAGE; page++) {
      const data = await this.#page(search, page);
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
        incomplete = `GitHub has more than the ${MOST_RESULTS.toLocaleString(
          'en',
        )} files in ${owner} that it shows.`;
      }
      if (data.items.length < PAGE) break;
    }
    return { matches, incomplete };
  }

  /** @returns undefined where the limit does not allow it in the time that is left */
  async #page(search: OwnerSearch, page: number) {
    const { clients, owner, q, signal, patience } = search;
    const pace = this.#paceOf(clients, owner);
    for (;;) {
      if (!(await pace.take(patience, signal))) return undefined;
      try {
        const octokit = await clients.forOwner(owner);
        const { data, headers } = await octokit.rest.search.code({
          q,
          page,
          per_page: PAGE,
          mediaType: { format: 'text-match' },
          request: { signal },
        });
        pace.observe(headers);
        return data;
      } catch (error) {
        signal.throwIfAborted();
        const mapped = mapForgeError(error, `Could not search ${owner}`);
        if (!(mapped instanceof ForgeRateLimitError)) throw mapped;
        pace.block(mapped.retryAfterSeconds * 1_000);
      }
    }
  }

  #paceOf(clients: GithubClients, owner: string): SearchPace {
    const key = `${clients.host}/${clients.limitsOf(owner)}`.toLowerCase();
    let pace = this.#paces.get(key);
    if (!pace) {
      pace = new SearchPace(githubCodeSearchPace);
      this.#paces.set(key, pace);
    }
    return pace;
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
    if (!fitsQueryRepository(query, repository)) continue;
    const key = repository.owner.toLowerCase();
    if (!owners.has(key)) owners.set(key, repository.owner);
  }
  return [...owners.values()];
}

/** Whether a pattern of repositories is about an owner, or may be. */
function mayNameOwner(pattern: string, owner: string): boolean {
  const [named] = pattern.split('/').slice(-2);
  return named.includes('*') || named.toLowerCase() === owner.toLowerCase();
}
