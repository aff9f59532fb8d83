import { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { BigQuery, BigQueryOptions, Dataset } from '@google-cloud/bigquery';
import {
  ProvidedSchema,
  SchemaProvider,
  SchemaReadContext,
} from '@skein/plugin-campaigns-node';
import { columnsOf } from './columnsOf';

/** Pages of a list of tables that are looked through for a shard, of 1,000 tables each. */
const MAX_PAGES = 100;

interface ProviderOptions {
  client: BigQueryOptions;
  /** Undefined for all. */
  projects?: string[];
  priority?: number;
  maxAgeSeconds?: number;
}

/** Reads columns of BigQuery tables from their metadata. @public */
export class BigQuerySchemaProvider implements SchemaProvider {
  readonly id = 'bigquery';
  readonly title = 'BigQuery';
  readonly priority: number;
  readonly maxAgeSeconds?: number;
  readonly #client: BigQuery;
  readonly #projects?: string[];

  private constructor(options: ProviderOptions) {
    this.priority = options.priority ?? 10;
    this.maxAgeSeconds = options.maxAgeSeconds;
    this.#client = new BigQuery(options.client);
    this.#projects = options.projects;
  }

  /** Reads `campaigns.bigquery`. */
  static fromConfig(root: RootConfigService): BigQuerySchemaProvider {
    const config = root.getOptionalConfig('campaigns.bigquery');
    return new BigQuerySchemaProvider({
      client: {
        projectId: config?.getOptionalString('project'),
        keyFilename: config?.getOptionalString('keyFile'),
        credentials: config?.getOptional('credentials'),
        apiEndpoint: config?.getOptionalString('apiEndpoint'),
        maxRetries: 3,
      },
      projects: config?.getOptionalStringArray('projects'),
      priority: config?.getOptionalNumber('priority'),
      maxAgeSeconds: config?.has('maxAge')
        ? durationToMilliseconds(
            readDurationFromConfig(config, { key: 'maxAge' }),
          ) / 1_000
        : undefined,
    });
  }

  async readSchemas(
    datasets: string[],
    { signal }: SchemaReadContext,
  ): Promise<ProvidedSchema[]> {
    const schemas: ProvidedSchema[] = [];
    for (const dataset of datasets) {
      signal.throwIfAborted();
      const schema = await this.#read(dataset);
      if (schema) schemas.push(schema);
    }
    return schemas;
  }

  /** @returns undefined where the dataset is not in a project that is asked */
  async #read(dataset: string): Promise<ProvidedSchema | undefined> {
    const parts = dataset.split('.');
    const table = parts.pop()!;
    const name = parts.pop();
    const [projectId] = parts;
    const asked =
      projectId === undefined || (this.#projects?.includes(projectId) ?? true);
    if (name === undefined || !asked) return undefined;
    try {
      const folder = this.#client.dataset(
        name,
        projectId === undefined ? {} : { projectId },
      );
      const id = table.endsWith('*')
        ? await newestShard(folder, table.slice(0, -1))
        : table;
      if (id === undefined) return { dataset, columns: undefined };
      const [metadata] = await folder.table(id).getMetadata();
      return { dataset, columns: columnsOf(metadata.schema?.fields ?? []) };
    } catch (error) {
      if ((error as { code?: unknown }).code === 404) {
        return { dataset, columns: undefined };
      }
      const problem = `${dataset}: ${(error as Error).message}`;
      return { dataset, columns: undefined, problem };
    }
  }
}

/** Shards differ in their columns; what is written today is like the newest. */
async function newestShard(
  dataset: Dataset,
  prefix: string,
): Promise<string | undefined> {
  let newest: string | undefined;
  let pageToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const [tables, next] = await dataset.getTables({
      autoPaginate: false,
      maxResults: 1_000,
      pageToken,
    });
    for (const { id } of tables) {
      if (id?.startsWith(prefix) && id > (newest ?? '')) newest = id;
    }
    pageToken = (next as { pageToken?: string } | null)?.pageToken;
    if (pageToken === undefined) break;
  }
  return newest;
}
