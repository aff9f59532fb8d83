import {
  CodeSearchQuery,
  fitsQueryRepository,
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  CodeSearchMatch,
  CodeSearchOptions,
  CodeSearchProvider,
  CodeSearchResult,
} from '@skein/plugin-campaigns-node';
import { RepositoryMirrors } from '../../repositories';
import { firstLine } from '../firstLine';
import { Slots } from '../Slots';
import { PatternError } from './PatternError';
import { searchTree, TreeLimits } from './searchTree';

/** Options of {@link BuiltInCodeSearch}. */
export interface BuiltInCodeSearchOptions {
  mirrors: Pick<RepositoryMirrors, 'head'>;
  /** The program. */
  ripgrep: string;
  /** Repositories searched at one time, by all searches together. Default: 4. */
  concurrency?: number;
  /** A mirror fetched this long ago is searched as it is. Default: a minute. */
  freshMilliseconds?: number;
  /** Of each repository. */
  limits?: Partial<TreeLimits>;
  /** Lines that one search gives. Default: 10,000. */
  mostLines?: number;
}

const defaultLimits: TreeLimits = {
  lines: 1_000,
  fileBytes: 4 * 1024 ** 2,
  timeoutMilliseconds: 60_000,
};

/** What one search has found so far. */
interface Progress {
  matches: CodeSearchMatch[];
  searched: number;
  /** Repositories with more lines than are given of each. */
  cut: number;
  largeFiles: number;
  failures: Array<{ repository: RepositoryRef; error: unknown }>;
}

/**
 * Searches the mirrors of repositories: exact, with every line, and needs
 * nothing beside them. A mirror is brought up to date first, or made.
 */
export class BuiltInCodeSearch implements CodeSearchProvider {
  readonly id = 'built-in';
  readonly title = 'Built-in search';
  readonly #options: BuiltInCodeSearchOptions;
  readonly #limits: TreeLimits;
  readonly #mostLines: number;
  readonly #slots: Slots;

  private constructor(options: BuiltInCodeSearchOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#mostLines = options.mostLines ?? 10_000;
    this.#slots = new Slots(options.concurrency ?? 4);
  }

  static create(options: BuiltInCodeSearchOptions): BuiltInCodeSearch {
    return new BuiltInCodeSearch(options);
  }

  async search(
    query: CodeSearchQuery,
    options: CodeSearchOptions,
  ): Promise<CodeSearchResult> {
    const { signal, timeoutMilliseconds } = options;
    const wanted = options.repositories.filter(repository =>
      fitsQueryRepository(query, repository),
    );
    const enough = new AbortController();
    const stop = AbortSignal.any([
      signal,
      enough.signal,
      ...(timeoutMilliseconds === undefined
        ? []
        : [AbortSignal.timeout(timeoutMilliseconds)]),
    ]);
    const progress: Progress = {
      matches: [],
      searched: 0,
      cut: 0,
      largeFiles: 0,
      failures: [],
    };
    const all = Promise.allSettled(
      wanted.map(repository =>
        this.#slots.run(stop, async () => {
          await this.#searchRepository(repository, query, stop, progress);
          if (progress.matches.length >= this.#mostLines) enough.abort();
        }),
      ),
    );
    // A fetch that is under way goes on to its end, but nobody waits for it.
    await Promise.race([all, aborted(stop)]);
    signal.throwIfAborted();
    const unreadable = progress.failures.find(
      each => each.error instanceof PatternError,
    );
    if (unreadable) throw unreadable.error;
    return this.#resultOf(progress, wanted.length, timeoutMilliseconds);
  }

  async #searchRepository(
    repository: RepositoryRef,
    query: CodeSearchQuery,
    signal: AbortSignal,
    progress: Progress,
  ): Promise<void> {
    const { mirrors, ripgrep, freshMilliseconds = 60_000 } = this.#options;
    const limits = this.#limits;
    try {
      const head = await mirrors.head(repository, {
        history: false,
        freshMilliseconds,
        holdMilliseconds: 2 * limits.timeoutMilliseconds,
      });
      const found = await searchTree(head, query, { ripgrep, limits, signal });
      if (signal.aborted) return;
      for (const line of found.lines) {
        progress.matches.push({ repository, ...line });
      }
      progress.searched += 1;
      progress.cut += found.more ? 1 : 0;
      progress.largeFiles += found.largeFiles;
    } catch (error) {
      if (!signal.aborted) progress.failures.push({ repository, error });
    }
  }

  #resultOf(
    progress: Progress,
    wanted: number,
    timeoutMilliseconds: number | undefined,
  ): CodeSearchResult {
    const { matches, searched, cut, largeFiles, failures } = progress;
    const told: string[] = [];
    const left = wanted - searched - failures.length;
    if (matches.length >= this.#mostLines) {
      told.push(
        `More than ${this.#mostLines.toLocaleString(
          'en',
        )} lines match: narrow the search.`,
      );
    } else if (left > 0) {
      told.push(
        `${left} of ${wanted} repositories could not be searched in ${Math.round(
          (timeoutMilliseconds ?? 0) / 1_000,
        )} s; what was fetched of them is kept, so try again.`,
      );
    }
    if (cut > 0) {
      told.push(
        `Of ${cut} ${
          cut === 1 ? 'repository' : 'repositories'
        } only the first lines that match are here, ${this.#limits.lines.toLocaleString(
          'en',
        )} at most.`,
      );
    }
    if (largeFiles > 0) {
      const limit = Math.round(this.#limits.fileBytes / 1024 ** 2);
      told.push(
        largeFiles === 1
          ? `A file over ${limit} MiB was left out.`
          : `${largeFiles} files over ${limit} MiB were left out.`,
      );
    }
    if (failures.length > 0) {
      const [{ repository, error }] = failures;
      told.push(
        `${
          failures.length
        } of ${wanted} repositories could not be read, ${formatRepositoryRef(
          repository,
        )} among them: ${firstLine(error)}.`,
      );
    }
    return {
      matches: matches.slice(0, this.#mostLines),
      incomplete: told.length > 0 ? told.join(' ') : undefined,
    };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
