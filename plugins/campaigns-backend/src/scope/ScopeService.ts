import {
  CampaignSpec,
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  CatalogRepository,
  CodeSearchProvider,
  FrameworkDetector,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { listProviders } from '../database/operations/lineage/listProviders';
import { findConsumers } from '../lineage/findConsumers';
import { RepositoryYaml } from '../references';
import { firstLine } from '../search/firstLine';
import { RetiredNames } from './findings/RetiredNames';
import { joinScope } from './joinScope';
import { mapLimited } from './mapLimited';
import { FindReferences, readContents } from './readContents';
import { repositoryKey } from './repositoryKey';
import { repositoryRule } from './scopeRules';
import { searchCode } from './searchCode';
import {
  RepositoryContents,
  ScopeConsumer,
  ScopeDecision,
  SearchHit,
  SearchHits,
} from './types';

const REPOSITORIES_AT_ONCE = 4;

/** What computing a scope takes. */
export interface ScopeServiceOptions {
  knex: Knex;
  source: RepositorySource;
  searchProviders: CodeSearchProvider[];
  /** In order of precedence: rules of the configuration, modules, built-in ones. */
  detectors: FrameworkDetector[];
  listRepositories(): Promise<CatalogRepository[]>;
  /** Whether nothing can be changed in a repository any more. */
  isArchived(repository: RepositoryRef): Promise<boolean>;
  /** The rewriter's view of the files of a project under a campaign's options. */
  findReferences(
    spec: CampaignSpec,
    ...files: Parameters<FindReferences>
  ): ReturnType<FindReferences>;
  /** Reads YAML that says something to people. */
  yaml: RepositoryYaml;
}

/** What came of computing a scope. */
export interface ScopeResult {
  decisions: ScopeDecision[];
  /** What may make it incomplete, one line each. */
  notices: string[];
}

/** Finds the places that a campaign must change. */
export class ScopeService {
  readonly #options: ScopeServiceOptions;

  private constructor(options: ScopeServiceOptions) {
    this.#options = options;
  }

  static create(options: ScopeServiceOptions): ScopeService {
    return new ScopeService(options);
  }

  /**
   * Computes the scope of a campaign from lineage, code search, the catalog and
   * the code itself. Sources that fail make notices; an abort throws.
   *
   * @param onProgress - called with what is being done, in one line
   */
  async compute(request: {
    spec: CampaignSpec;
    signal: AbortSignal;
    onProgress?(message: string): void;
  }): Promise<ScopeResult> {
    const { spec, signal, onProgress = () => {} } = request;
    onProgress('Reading the catalog and lineage');
    const catalog = await this.#options.listRepositories();
    const lineage = await this.#findConsumers(spec);

    onProgress('Searching code');
    const search = await searchCode({
      queries: spec.scope.codeSearch,
      providers: this.#options.searchProviders,
      repositories: distinct([
        ...catalog.map(each => each.repository),
        ...lineage.consumers.flatMap(
          each => each.consumer.node.repository ?? [],
        ),
      ]),
      signal,
    });

    const { consumers } = lineage;
    const { searches } = search;
    const contents = await this.#readRepositories(
      spec,
      distinct([
        ...consumers.flatMap(each => each.consumer.node.repository ?? []),
        ...searches.flatMap(each => each.hits.map(hit => hit.repository)),
      ]),
      searches,
      signal,
      onProgress,
    );
    return {
      decisions: joinScope({ spec, consumers, searches, catalog, contents }),
      notices: [...lineage.notices, ...search.notices],
    };
  }

  async #findConsumers(
    spec: CampaignSpec,
  ): Promise<{ consumers: ScopeConsumer[]; notices: string[] }> {
    if (!spec.scope.lineage) return { consumers: [], notices: [] };
    const { depth } = spec.scope.lineage;
    const { knex } = this.#options;
    const consumers: ScopeConsumer[] = [];
    const notices: string[] = [];
    for (const status of await listProviders(knex)) {
      if (status.state === 'failed') {
        notices.push(
          `Lineage of ${status.title} could not be read${
            status.lastSucceededAt
              ? `, what it said at ${status.lastSucceededAt} counts`
              : ''
          }: ${status.lastError}`,
        );
      } else if (!status.lastSucceededAt && !status.events) {
        notices.push(`Lineage of ${status.title} has not been read yet`);
      } else if (status.lastError) {
        notices.push(`Lineage of ${status.title}: ${status.lastError}`);
      }
    }
    for (const { from } of spec.datasets) {
      const found = await findConsumers(knex, { dataset: from, depth });
      if (!found.root) notices.push(`No source of lineage knows ${from}`);
      if (found.truncated) {
        notices.push(
          `${from} has more consumers than can be followed; the nearest ones count`,
        );
      }
      for (const consumer of found.consumers) {
        if (consumer.node.repository) {
          consumers.push({ dataset: from, consumer });
        } else if (consumer.node.depth === 1) {
          notices.push(
            `${consumer.node.title} reads ${
              consumer.path[consumer.path.length - 2].title
            }, but no source says where its code is`,
          );
        }
      }
    }
    return { consumers, notices };
  }

  async #readRepositories(
    spec: CampaignSpec,
    repositories: RepositoryRef[],
    searches: SearchHits[],
    signal: AbortSignal,
    onProgress: (message: string) => void,
  ): Promise<Map<string, RepositoryContents>> {
    const hits = new Map<string, SearchHit[]>();
    for (const hit of searches.flatMap(each => each.hits)) {
      const key = repositoryKey(hit.repository);
      const list = hits.get(key);
      if (list) list.push(hit);
      else hits.set(key, [hit]);
    }
    let done = 0;
    const entries = await mapLimited(
      repositories,
      REPOSITORIES_AT_ONCE,
      signal,
      async repository => {
        const key = repositoryKey(repository);
        const contents = repositoryRule(spec.scope, repository)
          ? { state: 'skipped' as const }
          : await this.#readRepository(spec, repository, hits.get(key) ?? []);
        done += 1;
        onProgress(
          `Looked into ${done} of ${repositories.length} repositories`,
        );
        return [key, contents] as const;
      },
    );
    return new Map(entries);
  }

  async #readRepository(
    spec: CampaignSpec,
    repository: RepositoryRef,
    hits: SearchHit[],
  ): Promise<RepositoryContents> {
    const { source, detectors, findReferences, isArchived, yaml } =
      this.#options;
    try {
      return await readContents(repository, hits, {
        source,
        detectors,
        findReferences: files => findReferences(spec, files),
        yaml,
        names: RetiredNames.of(spec.datasets),
        archived: await isArchived(repository),
      });
    } catch (error) {
      return {
        state: 'unreadable',
        problem: `${formatRepositoryRef(repository)}: ${firstLine(error)}`,
      };
    }
  }
}

/** Repositories, each once, whatever the case of their letters. */
function distinct(repositories: RepositoryRef[]): RepositoryRef[] {
  const byKey = new Map(
    repositories.map(repository => [repositoryKey(repository), repository]),
  );
  return [...byKey.keys()].sort().map(key => byKey.get(key)!);
}
