import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ProvidedSchema,
  RepositorySource,
  SchemaProvider,
} from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import { claimDueSchemas } from '../database/operations/schemas/claimDueSchemas';
import { listSchemas } from '../database/operations/schemas/listSchemas';
import {
  SchemaAnswer,
  storeSchema,
} from '../database/operations/schemas/storeSchema';
import { DatasetSchemaRow } from '../database/operations/schemas/tables';
import { wantSchemas } from '../database/operations/schemas/wantSchemas';
import { CampaignRow } from '../database/tables';
import { oneLine } from '../jobs/oneLine';
import { WorkLoop } from '../loop/WorkLoop';
import { datasetsOf } from './datasetsOf';
import { MergedSchemas, mergeSchemas } from './mergeSchemas';
import { SchemaQuestion, SchemaSource } from './SchemaSource';

const DEFAULT_MAX_AGE_SECONDS = 6 * 60 * 60;
/** How often live campaigns say what they want, and for how long it counts. */
const WANT_MILLISECONDS = 60_000;
const WANTED_MILLISECONDS = 60 * 60_000;
const LEASE_MILLISECONDS = 5 * 60_000;
/** Within the lease, so that nobody else reads meanwhile. */
const TIMEOUT_MILLISECONDS = 4 * 60_000;
const RETRY_MILLISECONDS = 5 * 60_000;
const BATCH = 100;
/** More columns than any warehouse allows a table. */
const MAX_COLUMNS = 20_000;

/** What the catalog of schemas works with. */
export interface SchemaCatalogOptions {
  knex: Knex;
  providers: SchemaProvider[];
  source: RepositorySource;
  changes: CampaignChanges;
  logger: LoggerService;
  /** Default: 30 s. */
  idleMilliseconds?: number;
}

interface SchemaRead {
  provider: SchemaProvider;
  rows: DatasetSchemaRow[];
}

/**
 * Keeps the columns of the datasets that live campaigns name, as the providers
 * say, with their age. Replicas share the reading.
 */
export class SchemaCatalog implements SchemaSource {
  readonly #options: SchemaCatalogOptions;
  readonly #campaignsByDataset = new Map<string, string[]>();
  #loop?: WorkLoop<SchemaRead>;
  #unsubscribe: () => void = () => {};
  #wantedAt = -Infinity;

  private constructor(options: SchemaCatalogOptions) {
    this.#options = options;
  }

  /** @throws Error where two providers have one id */
  static start(options: SchemaCatalogOptions): SchemaCatalog {
    const catalog = new SchemaCatalog(options);
    const { changes, logger, providers } = options;
    const ids = new Set(providers.map(({ id }) => id));
    if (ids.size !== providers.length) {
      throw new Error(
        'Two schema providers have the same id; give each its own',
      );
    }
    if (providers.length === 0) return catalog;
    catalog.#loop = WorkLoop.start({
      name: 'Schemas',
      logger,
      concurrency: 2,
      idleMilliseconds: options.idleMilliseconds ?? 30_000,
      claim: () => catalog.#claim(),
      handle: (read, signal) => catalog.#read(read, signal),
    });
    // A new campaign need not wait for the next look.
    catalog.#unsubscribe = changes.subscribe(({ targetId }) => {
      if (targetId !== undefined) return;
      catalog.#wantedAt = -Infinity;
      catalog.#loop?.wake();
    });
    return catalog;
  }

  async resolve({ datasets, own }: SchemaQuestion): Promise<MergedSchemas> {
    const { knex, providers } = this.#options;
    const rows = providers.length > 0 ? await listSchemas(knex, datasets) : [];
    return mergeSchemas(datasets, own, rows, providers);
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#loop?.stop();
  }

  async #claim(): Promise<SchemaRead[]> {
    const { knex, providers } = this.#options;
    if (performance.now() - this.#wantedAt > WANT_MILLISECONDS) {
      await this.#want();
    }
    const rows = await claimDueSchemas(
      knex,
      providers.map(({ id }) => id),
      { limit: BATCH, leaseMilliseconds: LEASE_MILLISECONDS },
    );
    return providers
      .map(provider => ({
        provider,
        rows: rows.filter(row => row.provider === provider.id),
      }))
      .filter(read => read.rows.length > 0);
  }

  async #want(): Promise<void> {
    const { knex, providers } = this.#options;
    this.#wantedAt = performance.now();
    const campaigns = await knex<CampaignRow>('campaigns')
      .whereIn('state', ['draft', 'active', 'paused'])
      .select('id', 'spec');
    this.#campaignsByDataset.clear();
    for (const { id, spec } of campaigns) {
      for (const dataset of datasetsOf(JSON.parse(spec))) {
        const others = this.#campaignsByDataset.get(dataset) ?? [];
        this.#campaignsByDataset.set(dataset, [...others, id]);
      }
    }
    await wantSchemas(
      knex,
      providers.flatMap(provider =>
        [...this.#campaignsByDataset.keys()].map(dataset => ({
          provider: provider.id,
          dataset,
        })),
      ),
      WANTED_MILLISECONDS,
    );
  }

  async #read({ provider, rows }: SchemaRead, stopping: AbortSignal) {
    const { changes, knex, logger, source } = this.#options;
    const signal = AbortSignal.any([
      stopping,
      AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    ]);
    const fresh = (provider.maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS) * 1_000;
    let answerOf: (dataset: string) => SchemaAnswer;
    try {
      const read = await provider.readSchemas(
        rows.map(({ dataset }) => dataset),
        { signal, source },
      );
      signal.throwIfAborted();
      const answers = new Map(read.map(each => [each.dataset, each]));
      answerOf = dataset => toAnswer(answers.get(dataset));
    } catch (error) {
      const message = oneLine(String((error as Error).message));
      logger.warn(`Schemas of '${provider.id}' were not read: ${message}`);
      answerOf = () => ({ state: 'failed', message });
    }
    for (const row of rows) {
      const answer = answerOf(row.dataset);
      const next =
        answer.state === 'failed' ? Math.min(fresh, RETRY_MILLISECONDS) : fresh;
      await storeSchema(knex, row, answer, next);
    }
    const campaigns = new Set(
      rows.flatMap(
        ({ dataset }) => this.#campaignsByDataset.get(dataset) ?? [],
      ),
    );
    for (const campaignId of campaigns) changes.notify({ campaignId });
  }
}

function toAnswer(schema: ProvidedSchema | undefined): SchemaAnswer {
  if (!schema) return { state: 'unknown' };
  if (schema.problem !== undefined) {
    return { state: 'failed', message: oneLine(schema.problem) };
  }
  if (schema.columns === undefined) return { state: 'missing' };
  const columns = Object.entries(schema.columns)
    .slice(0, MAX_COLUMNS)
    .map(([path, type]) => [path.toLowerCase(), String(type)]);
  return { state: 'known', columns: Object.fromEntries(columns) };
}
