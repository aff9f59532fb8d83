import {
  AuthService,
  DiscoveryService,
  LoggerService,
  RootConfigService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CatalogService,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  CampaignsClient,
  LineageDataset,
} from '@skein/plugin-campaigns-common';
import { chooseEntities, ExistingEntity } from './chooseEntities';
import { DatasetEntityOptions } from './datasetEntity';

const PAGE_SIZE = 500;
const DEFAULT_LIMIT = 50_000;

/** What a {@link DatasetEntityProvider} works with. */
export interface DatasetEntityProviderOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  discovery: DiscoveryService;
  logger: LoggerService;
  taskRunner: SchedulerServiceTaskRunner;
}

/**
 * Brings the datasets that lineage knows into the catalog as Resources, so that
 * each has a page with an owner and relations.
 *
 * A dataset that people have defined is theirs. Besides, the entities come
 * without a location key, so that a definition of the same name, whenever it
 * comes, takes the entity over.
 */
export class DatasetEntityProvider implements EntityProvider {
  readonly #options: DatasetEntityProviderOptions;
  readonly #entityOptions: DatasetEntityOptions;
  readonly #limit: number;
  #connection?: EntityProviderConnection;
  /** What the catalog was given last. */
  #given?: string;

  private constructor(options: DatasetEntityProviderOptions) {
    this.#options = options;
    const own = options.config.getOptionalConfig('catalog.providers.campaigns');
    this.#limit = own?.getOptionalNumber('limit') ?? DEFAULT_LIMIT;
    this.#entityOptions = {
      namespace: own?.getOptionalString('namespace') ?? 'default',
      defaultOwner: own?.getOptionalString('defaultOwner') ?? 'unknown',
    };
  }

  static fromConfig(
    options: DatasetEntityProviderOptions,
  ): DatasetEntityProvider {
    return new DatasetEntityProvider(options);
  }

  getProviderName(): string {
    return 'campaigns-datasets';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.taskRunner.run({
      id: `${this.getProviderName()}:refresh`,
      fn: async signal => this.refresh(signal),
    });
  }

  /**
   * Looks at all datasets that lineage knows and gives the catalog what came,
   * changed or went.
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    const datasets = await this.#listDatasets(signal);
    const entities = await chooseEntities(datasets, {
      ...this.#entityOptions,
      findExisting: refs => this.#findExisting(refs),
    });
    signal?.throwIfAborted();
    const digest = JSON.stringify(entities);
    if (digest === this.#given) return;
    await this.#connection!.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity })),
    });
    this.#given = digest;
    this.#options.logger.info(
      `${entities.length} of ${datasets.length} datasets of lineage are in the catalog by it; the others are defined by people`,
    );
  }

  async #listDatasets(signal?: AbortSignal): Promise<LineageDataset[]> {
    const client = await this.#createClient();
    const datasets: LineageDataset[] = [];
    let after: string | undefined;
    do {
      signal?.throwIfAborted();
      const page = await client.listLineageDatasets({
        after,
        limit: PAGE_SIZE,
      });
      // A dataset that nothing reads or writes is known by its entity alone.
      datasets.push(
        ...page.items.filter(
          ({ readBy, writtenBy }) => readBy.total + writtenBy.total > 0,
        ),
      );
      after = page.after;
    } while (after !== undefined && datasets.length < this.#limit);
    if (after !== undefined || datasets.length > this.#limit) {
      this.#options.logger.warn(
        `Lineage knows more than ${this.#limit} datasets; those after '${
          datasets[this.#limit - 1].name
        }' are left out of the catalog. Raise catalog.providers.campaigns.limit to take in more`,
      );
    }
    return datasets.slice(0, this.#limit);
  }

  async #createClient(): Promise<CampaignsClient> {
    const { auth, discovery } = this.#options;
    return new CampaignsClient({
      discoveryApi: discovery,
      fetchApi: {
        // A token for each page: they live for minutes.
        fetch: async (input, init) => {
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: await auth.getOwnServiceCredentials(),
            targetPluginId: 'campaigns',
          });
          const headers = new Headers(init?.headers);
          headers.set('Authorization', `Bearer ${token}`);
          return fetch(input, { ...init, headers });
        },
      },
    });
  }

  async #findExisting(refs: string[]): Promise<Map<string, ExistingEntity>> {
    const { auth, catalog } = this.#options;
    const existing = new Map<string, ExistingEntity>();
    for (let start = 0; start < refs.length; start += PAGE_SIZE) {
      const { items } = await catalog.getEntitiesByRefs(
        {
          entityRefs: refs.slice(start, start + PAGE_SIZE),
          fields: ['kind', 'metadata', 'spec.type'],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      for (const entity of items) {
        if (entity) existing.set(stringifyEntityRef(entity), entity as Entity);
      }
    }
    return existing;
  }
}
