import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import {
  CodeSearchAnswer,
  CodeSearchReport,
  CodeSearchRequest,
  fitsQueryRepository,
} from '@skein/plugin-campaigns-common';
import {
  CatalogRepository,
  CodeSearchMatch,
  CodeSearchProvider,
} from '@skein/plugin-campaigns-node';
import { repositoryKey } from '../scope/repositoryKey';
import { askProvider, chooseProviders } from './askProvider';
import { checkPattern } from './checkPattern';
import { firstLine } from './firstLine';
import { LineSource, locateMatches } from './locateMatches';
import { Slots } from './Slots';
import { summarizeMatches } from './summarizeMatches';

/** What {@link CodeSearchService} is made from. */
export interface CodeSearchServiceOptions {
  providers: CodeSearchProvider[];
  source: LineSource;
  /** The repositories that the catalog shows to somebody. */
  listRepositories(
    credentials: BackstageCredentials,
  ): Promise<CatalogRepository[]>;
  /** What providers get for an answer. Default: a minute. */
  timeoutMilliseconds?: number;
  /** A provider that has not answered this long after its time is left. Default: 5 seconds. */
  graceMilliseconds?: number;
}

const SEARCHES_AT_ONCE = 4;
const MOST_WAITING = 20;

/** An answer with what it found where the caller may look. */
interface ProviderMatches {
  answer: CodeSearchAnswer;
  matches: CodeSearchMatch[];
}

/**
 * Searches code for a person. Nobody sees more of a repository than the catalog
 * shows them, not even that something was found in it.
 */
export class CodeSearchService {
  readonly #options: CodeSearchServiceOptions;
  readonly #slots = new Slots(SEARCHES_AT_ONCE);

  private constructor(options: CodeSearchServiceOptions) {
    this.#options = options;
  }

  static create(options: CodeSearchServiceOptions): CodeSearchService {
    return new CodeSearchService(options);
  }

  /**
   * @param options.signal - aborted when the person has left
   * @throws InputError where the query cannot be searched for
   * @throws ServiceUnavailableError where too many search already
   */
  async search(
    request: CodeSearchRequest,
    options: { credentials: BackstageCredentials; signal: AbortSignal },
  ): Promise<CodeSearchReport> {
    const problem = checkPattern(request.query);
    if (problem) throw new InputError(problem);
    const providers = this.#choose(request);
    if (this.#slots.waiting >= MOST_WAITING) {
      throw new ServiceUnavailableError(
        'Many people search at the moment; try again in a minute',
      );
    }
    return this.#slots.run(options.signal, () =>
      this.#search(request, providers, options),
    );
  }

  async #search(
    { query }: CodeSearchRequest,
    providers: CodeSearchProvider[],
    options: { credentials: BackstageCredentials; signal: AbortSignal },
  ): Promise<CodeSearchReport> {
    const { credentials, signal } = options;
    const catalog = (await this.#options.listRepositories(credentials)).filter(
      each => fitsQueryRepository(query, each.repository),
    );
    const answers = await Promise.all(
      providers.map(provider => this.#ask(provider, query, catalog, signal)),
    );
    signal.throwIfAborted();
    return {
      searchedRepositories: repositoriesOf(catalog).length,
      ...summarizeMatches(
        answers.map(({ answer, matches }) => ({
          provider: answer.id,
          matches,
        })),
        catalog,
      ),
      providers: answers.map(each => each.answer),
    };
  }

  /** @throws InputError */
  #choose({ query, providers: wanted }: CodeSearchRequest) {
    const { providers } = this.#options;
    const unknown = wanted?.find(id => !providers.some(each => each.id === id));
    if (unknown !== undefined) {
      throw new InputError(
        `There is no code search '${unknown}'; there are: ${
          providers.map(each => each.id).join(', ') || 'none'
        }`,
      );
    }
    const chosen = providers.filter(each => wanted?.includes(each.id) ?? true);
    const { able, reasons } = chooseProviders(chosen, query);
    if (able.length === 0) {
      throw new InputError(
        reasons.length > 0
          ? reasons.join(' ')
          : 'No code search is installed: add a module, or allow the built-in one with campaigns.codeSearch.builtIn.enabled',
      );
    }
    return able;
  }

  async #ask(
    provider: CodeSearchProvider,
    query: CodeSearchRequest['query'],
    catalog: CatalogRepository[],
    signal: AbortSignal,
  ): Promise<ProviderMatches> {
    const {
      source,
      timeoutMilliseconds = 60_000,
      graceMilliseconds = 5_000,
    } = this.#options;
    const began = Date.now();
    const late = AbortSignal.timeout(timeoutMilliseconds + graceMilliseconds);
    const answer: CodeSearchAnswer = {
      id: provider.id,
      title: provider.title,
      lines: 0,
      milliseconds: 0,
    };
    let matches: CodeSearchMatch[] = [];
    try {
      const repositories = repositoriesOf(catalog);
      const readable = new Set(repositories.map(repositoryKey));
      const result = await askProvider(provider, query, {
        signal: AbortSignal.any([signal, late]),
        repositories,
        timeoutMilliseconds,
      });
      matches = await locateMatches(
        result.matches.filter(match =>
          readable.has(repositoryKey(match.repository)),
        ),
        query,
        source,
        AbortSignal.any([signal, late]),
      );
      answer.lines = matches.length;
      answer.incomplete = result.incomplete;
    } catch (error) {
      signal.throwIfAborted();
      answer.error = late.aborted
        ? `No answer in ${Math.round(timeoutMilliseconds / 1_000)} s`
        : firstLine(error);
    }
    answer.milliseconds = Date.now() - began;
    return { answer, matches };
  }
}

function repositoriesOf(catalog: CatalogRepository[]) {
  return [
    ...new Map(
      catalog.map(({ repository }) => [repositoryKey(repository), repository]),
    ).values(),
  ];
}
