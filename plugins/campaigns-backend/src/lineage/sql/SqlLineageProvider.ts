import { createHash } from 'crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import { SqlDialect } from '@skein/mapping-rewriter';
import {
  CatalogRepository,
  FrameworkDetector,
  LineageFact,
  LineageProvider,
  LineageReadContext,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { listDatasetNames } from '../../database/operations/lineage/listDatasetNames';
import { readScan } from '../../database/operations/lineage/scans/readScan';
import { removeOtherScans } from '../../database/operations/lineage/scans/removeOtherScans';
import { writeScan } from '../../database/operations/lineage/scans/writeScan';
import { ReferenceFinder } from '../../references';
import {
  detectFolders,
  detectionCandidates,
} from '../../scope/frameworks/detectFolders';
import { mapLimited } from '../../scope/mapLimited';
import { KnownNames } from './KnownNames';
import { RepositoryScan } from './RepositoryScan';
import { scanFacts } from './scanFacts';
import { ScanOptions, scanRepository } from './scanRepository';

/** Looked at together: the forge answers one while another is parsed. */
const REPOSITORIES_AT_ONCE = 3;
/** Goes up when the same code would give another result. */
const SCANNER_VERSION = 2;

/** How a {@link SqlLineageProvider} reads. */
export interface SqlLineageProviderOptions {
  knex: Knex;
  logger: LoggerService;
  intervalSeconds?: number;
  defaultProject?: string;
  dialect?: SqlDialect;
  /** In order of precedence. */
  detectors: FrameworkDetector[];
  /** What the configuration says of frameworks: where it changes, all is scanned again. */
  frameworkRules?: unknown;
  finder: ReferenceFinder;
}

interface RepositoryEntry {
  key: string;
  repository: RepositoryRef;
  components: CatalogRepository[];
}

/**
 * Lineage of the code itself: the tables that the SQL of all repositories of the
 * catalog reads and writes, wherever it stands. A repository is parsed again
 * only where its head moved.
 */
export class SqlLineageProvider implements LineageProvider {
  readonly id = 'sql';
  readonly title = 'SQL in repositories';
  readonly intervalSeconds?: number;
  readonly #options: SqlLineageProviderOptions;
  readonly #version: string;

  private constructor(options: SqlLineageProviderOptions) {
    this.#options = options;
    this.intervalSeconds = options.intervalSeconds;
    // All that decides what a scan gives, beside the code.
    const { detectors, defaultProject, dialect, frameworkRules } = options;
    this.#version = createHash('sha256')
      .update(
        JSON.stringify([
          SCANNER_VERSION,
          defaultProject,
          dialect,
          frameworkRules,
          detectors.map(each => each.framework),
        ]),
      )
      .digest('hex');
  }

  static create(options: SqlLineageProviderOptions): SqlLineageProvider {
    return new SqlLineageProvider(options);
  }

  async *read(context: LineageReadContext): AsyncIterable<LineageFact> {
    const { knex } = this.#options;
    const entries = entriesOf(context.repositories);
    const outcomes = await this.#scanAll(entries, context);
    const names = new KnownNames();
    const others = listDatasetNames(knex, { exceptOf: this.id });
    for await (const page of others) names.add(page);
    for (const { key } of entries) {
      if (outcomes.get(key)?.state !== 'scanned') continue;
      const { references } = (await this.#stored(key))!;
      const certain = references.filter(each => each.confidence === 'certain');
      names.add(certain.map(each => each.dataset));
    }
    for (const { key, repository, components } of entries) {
      const outcome = outcomes.get(key)!;
      if (outcome.state === 'gone') continue;
      if (outcome.state === 'unread') {
        yield { type: 'unread', repository, reason: outcome.reason };
        continue;
      }
      // From the database one by one: those of a company are too many to hold.
      const scan = (await this.#stored(key))!;
      yield* scanFacts(repository, scan, components, names);
      if (scan.problems.length > 0) {
        const { owner, name } = repository;
        context.onProblem?.(`${owner}/${name}: ${scan.problems.join('; ')}`);
      }
    }
    await removeOtherScans(knex, new Set(entries.map(entry => entry.key)));
  }

  /** Brings the stored scans up to date. */
  async #scanAll(
    entries: RepositoryEntry[],
    context: LineageReadContext,
  ): Promise<Map<string, ScanOutcome>> {
    let done = 0;
    const outcomes = await mapLimited(
      entries,
      REPOSITORIES_AT_ONCE,
      context.signal,
      async entry => {
        const outcome = await this.#scan(entry, context);
        done += 1;
        context.onProgress?.(
          `Looked into ${done} of ${entries.length} repositories`,
        );
        return [entry.key, outcome] as const;
      },
    );
    return new Map(outcomes);
  }

  async #scan(
    { key, repository }: RepositoryEntry,
    { source, signal }: LineageReadContext,
  ): Promise<ScanOutcome> {
    const { knex, logger } = this.#options;
    try {
      const head = await source.head(repository);
      const before = await readScan(knex, key);
      if (before?.commit !== head.commit || before.version !== this.#version) {
        const scan = await scanRepository(
          head,
          this.#scanOptions(source, signal),
        );
        await writeScan(knex, {
          repository: key,
          commit: head.commit,
          version: this.#version,
          result: JSON.stringify(scan),
        });
      }
      return { state: 'scanned' };
    } catch (error) {
      signal.throwIfAborted();
      if ((error as Error).name === 'NotFoundError') {
        logger.debug(`${key} is in the catalog, but not on its forge`);
        return { state: 'gone' };
      }
      const reason = (error as Error).message;
      logger.warn(`${key} could not be scanned for lineage: ${reason}`);
      return { state: 'unread', reason };
    }
  }

  #scanOptions(source: RepositorySource, signal: AbortSignal): ScanOptions {
    const { detectors, finder, defaultProject, dialect } = this.#options;
    return {
      source,
      signal,
      frameworksOf: async (head, files) =>
        detectFolders(
          detectors,
          files,
          await source.readFiles(head, detectionCandidates(detectors, files)),
        ),
      findReferences: files =>
        finder.find(files, { defaultProject, dialect }, signal),
    };
  }

  async #stored(key: string): Promise<RepositoryScan | undefined> {
    const row = await readScan(this.#options.knex, key);
    return row && JSON.parse(row.result);
  }
}

type ScanOutcome =
  | { state: 'scanned' | 'gone' }
  | { state: 'unread'; reason: string };

function entriesOf(repositories: CatalogRepository[]): RepositoryEntry[] {
  const entries = new Map<string, RepositoryEntry>();
  for (const component of repositories) {
    const { repository } = component;
    const key = formatRepositoryRef(repository).toLowerCase();
    const entry = entries.get(key) ?? { key, repository, components: [] };
    entry.components.push(component);
    entries.set(key, entry);
  }
  return [...entries.values()];
}
