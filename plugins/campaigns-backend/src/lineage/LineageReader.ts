import { LoggerService } from '@backstage/backend-plugin-api';
import { LineageProviderStatus } from '@skein/plugin-campaigns-common';
import {
  CatalogRepository,
  LineageProvider,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { LineageRead } from '../database/operations/lineage/tables';
import { KNOWN_EVERY_MILLISECONDS } from '../database/operations/lineage/listProviders';
import { WorkLoop } from '../loop/WorkLoop';
import { RepositoryYaml } from '../references';
import { LineageStore } from './LineageStore';

const DEFAULT_INTERVAL_SECONDS = 30 * 60;
const IDLE_MILLISECONDS = 10_000;
const DEFAULT_KEEP_MILLISECONDS = 30 * 24 * 60 * 60_000;
/** A source may tell its progress much more often than anybody looks. */
const PROGRESS_MILLISECONDS = 2_000;
/** Problems of one read that are told; the rest are counted. */
const MAX_PROBLEMS = 3;

/** What the reader of lineage needs. */
export interface LineageReaderOptions {
  store: LineageStore;
  providers: LineageProvider[];
  source: RepositorySource;
  yaml: RepositoryYaml;
  /** Repositories that the catalog knows; asked once for each read. */
  listRepositories(): Promise<CatalogRepository[]>;
  /** How long what a source said is kept once no backend has it any more. Default: 30 days. */
  keepUninstalledMilliseconds?: number;
  logger: LoggerService;
}

/**
 * Reads every lineage source at its interval, and when asked to. Replicas share
 * the work: each read is leased to one of them.
 */
export class LineageReader {
  readonly #options: LineageReaderOptions;
  readonly #providers: Map<string, LineageProvider>;
  #loop?: WorkLoop<LineageRead>;
  #knownAt = 0;

  private constructor(options: LineageReaderOptions) {
    this.#options = options;
    this.#providers = new Map(
      options.providers.map(provider => [provider.id, provider]),
    );
  }

  /** @throws Error where two providers have one id */
  static async start(options: LineageReaderOptions): Promise<LineageReader> {
    const reader = new LineageReader(options);
    if (reader.#providers.size !== options.providers.length) {
      throw new Error(
        'Two lineage providers have the same id; give each its own',
      );
    }
    await reader.#register();
    reader.#loop = WorkLoop.start({
      name: 'Lineage',
      logger: options.logger,
      concurrency: 2,
      idleMilliseconds: IDLE_MILLISECONDS,
      claim: limit => reader.#claim(limit),
      handle: (read, signal) => reader.#read(read, signal),
    });
    return reader;
  }

  /** Ends the reads under way without result, and waits for that. */
  async stop(): Promise<void> {
    await this.#loop?.stop();
  }

  /** Reads all sources now; those being read are read again after that. */
  async refresh(): Promise<void> {
    await this.#options.store.requestReads([...this.#providers.keys()]);
    this.#loop?.wake();
  }

  async listProviders(): Promise<LineageProviderStatus[]> {
    return this.#options.store.listProviders(this.#keepMilliseconds);
  }

  get #keepMilliseconds(): number {
    return (
      this.#options.keepUninstalledMilliseconds ?? DEFAULT_KEEP_MILLISECONDS
    );
  }

  get #readable() {
    return [...this.#providers.values()].map(provider => ({
      id: provider.id,
      title: provider.title,
      intervalMilliseconds:
        (provider.intervalSeconds ?? DEFAULT_INTERVAL_SECONDS) * 1000,
    }));
  }

  /** Says that these sources are installed, and lets go of those that are not any more. */
  async #register(): Promise<void> {
    const { store } = this.#options;
    this.#knownAt = performance.now();
    await store.registerProviders(this.#readable);
    await store.removeUninstalled(this.#keepMilliseconds);
  }

  async #claim(limit: number): Promise<LineageRead[]> {
    if (performance.now() - this.#knownAt > KNOWN_EVERY_MILLISECONDS) {
      await this.#register();
    }
    return this.#options.store.claimReads(this.#readable, limit);
  }

  #progressOf(read: LineageRead): (message: string) => void {
    let toldAt = -Infinity;
    return message => {
      if (performance.now() - toldAt < PROGRESS_MILLISECONDS) return;
      toldAt = performance.now();
      this.#options.store
        .noteProgress(read, message)
        .catch(error =>
          this.#options.logger.warn('Progress was not stored', error),
        );
    };
  }

  async #read(read: LineageRead, signal: AbortSignal): Promise<void> {
    const { store, source, yaml, listRepositories, logger } = this.#options;
    const provider = this.#providers.get(read.provider)!;
    let repositories: CatalogRepository[];
    try {
      // Claimed while the loop was told to stop: another process takes it.
      if (signal.aborted) throw interrupted();
      repositories = await listRepositories();
    } catch (error) {
      await store.failRead(read, error);
      return;
    }
    const problems: string[] = [];
    const facts = provider.read({
      signal,
      repositories,
      source,
      readYaml: text => yaml.read('values', text, signal),
      onProgress: this.#progressOf(read),
      onProblem: problem => problems.push(problem),
    });
    try {
      const result = await store.replaceProviderFacts(
        provider.id,
        until(signal, facts),
        read,
      );
      if (problems.length > 0) {
        await store.noteProblem(read, describeProblems(problems));
      }
      logger.info(
        `Lineage of '${provider.id}' read: ${result.nodes} nodes, ${result.edges} edges`,
      );
    } catch {
      // The store has written down why, and plans the next read.
    }
  }
}

function describeProblems(problems: string[]): string {
  const told = problems.slice(0, MAX_PROBLEMS).join('; ');
  const more = problems.length - MAX_PROBLEMS;
  return more > 0 ? `${told}; and ${more} more` : told;
}

/** Ends early when the backend stops, with an error: half a source is none. */
async function* until<T>(
  signal: AbortSignal,
  items: AsyncIterable<T>,
): AsyncIterable<T> {
  for await (const item of items) {
    if (signal.aborted) throw interrupted();
    yield item;
  }
  if (signal.aborted) throw interrupted();
}

function interrupted(): Error {
  return new DOMException('The backend stopped during this read', 'AbortError');
}
