import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  CatalogRepository,
  LineageFact,
  LineageProvider,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { directYaml } from '../__testUtils__/directYaml';
import { migrate } from '../database/migrate';
import { findConsumers } from './findConsumers';
import { LineageReader } from './LineageReader';
import { LineageStore } from './LineageStore';

/** A source whose reads the test lets through one by one. */
class StepwiseProvider implements LineageProvider {
  readonly title: string;
  reads = 0;
  #jobs: string[] | Error = [];
  #release: () => void = () => {};
  #started: () => void = () => {};
  #begun = Promise.resolve();

  constructor(readonly id: string) {
    this.title = `Source ${id}`;
    this.#expectRead();
  }

  async *read({ signal }: { signal: AbortSignal }): AsyncIterable<LineageFact> {
    this.reads += 1;
    const released = new Promise<void>(resolve => {
      this.#release = resolve;
      signal.addEventListener('abort', () => resolve());
    });
    this.#started();
    await released;
    if (this.#jobs instanceof Error) throw this.#jobs;
    for (const job of this.#jobs) {
      yield { type: 'read', job, dataset: 'x.users' };
    }
  }

  /** Waits until a read has begun and lets it end so. */
  async answer(jobs: string[] | Error): Promise<void> {
    await this.#begun;
    this.#jobs = jobs;
    this.#expectRead();
    this.#release();
  }

  async begun(): Promise<void> {
    await this.#begun;
  }

  #expectRead() {
    this.#begun = new Promise<void>(resolve => {
      this.#started = resolve;
    });
  }
}

describe('LineageReader', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    let knex: Knex;
    const readers: LineageReader[] = [];

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await migrate(knex);
    });
    afterEach(async () => {
      await Promise.all(readers.splice(0).map(reader => reader.stop()));
    });

    const start = async (
      providers: LineageProvider[],
      listRepositories: () => Promise<CatalogRepository[]> = async () => [],
    ) => {
      const logger = mockServices.logger.mock();
      const reader = await LineageReader.start({
        yaml: directYaml,
        store: LineageStore.create({ knex, logger }),
        providers,
        source: {} as RepositorySource,
        listRepositories,
        logger,
      });
      readers.push(reader);
      return reader;
    };

    const until = async (reader: LineageReader, state: string) => {
      for (;;) {
        const [status] = await reader.listProviders();
        if (status.state === state) return status;
        await new Promise(resolve => setImmediate(resolve));
      }
    };
    const consumers = async () =>
      (
        await findConsumers(knex, { dataset: 'x.users', depth: 1 })
      ).consumers.map(consumer => consumer.node.name);

    it('reads each source at the start and again when asked, and keeps what was known where one fails', async () => {
      const provider = new StepwiseProvider('a');
      const reader = await start([provider]);
      await provider.answer(['daily']);
      expect(await until(reader, 'ok')).toMatchObject({
        title: 'Source a',
        edges: 1,
      });
      expect(await consumers()).toEqual(['daily']);

      await reader.refresh();
      await provider.answer(new Error('The forge is away'));
      expect(await until(reader, 'failed')).toMatchObject({
        lastError: 'The forge is away',
      });
      expect(await consumers()).toEqual(['daily']);

      await reader.refresh();
      await provider.answer(['weekly']);
      expect((await until(reader, 'ok')).lastError).toBeUndefined();
      expect(await consumers()).toEqual(['weekly']);
    });

    it('reads once more where it was asked to during a read', async () => {
      const provider = new StepwiseProvider('a');
      const reader = await start([provider]);
      await provider.begun();
      await reader.refresh();
      await provider.answer(['first']);
      await provider.answer(['second']);
      await until(reader, 'ok');
      expect(provider.reads).toBe(2);
      expect(await consumers()).toEqual(['second']);
    });

    it('lets one of two replicas read', async () => {
      const providers = [new StepwiseProvider('a'), new StepwiseProvider('a')];
      const [one, two] = await Promise.all(
        providers.map(provider => start([provider])),
      );
      await Promise.race(providers.map(provider => provider.begun()));
      await two.refresh();
      await one.listProviders();
      expect(providers[0].reads + providers[1].reads).toBe(1);
    });

    it('says so where the catalog cannot be read', async () => {
      const provider = new StepwiseProvider('a');
      const reader = await start([provider], async () => {
        throw new Error('Catalog is away');
      });
      expect(await until(reader, 'failed')).toMatchObject({
        lastError: 'Catalog is away',
      });
      expect(provider.reads).toBe(0);
    });

    it('ends a read without result when it stops', async () => {
      const provider = new StepwiseProvider('a');
      const reader = await start([provider]);
      await provider.begun();
      await reader.stop();
      expect(await reader.listProviders()).toEqual([
        expect.objectContaining({ state: 'failed', edges: 0 }),
      ]);
    });

    it('refuses two sources with one id', async () => {
      await expect(
        start([new StepwiseProvider('a'), new StepwiseProvider('a')]),
      ).rejects.toThrow('same id');
    });

    it('comes and goes with its migration', async () => {
      await knex.migrate.down({
        directory: `${__dirname}/../../migrations`,
        name: '20261120000300_lineage.js',
      } as Knex.MigratorConfig);
      expect(await knex.schema.hasTable('lineage_nodes')).toBe(false);
      await migrate(knex);
      expect(await knex.schema.hasTable('lineage_nodes')).toBe(true);
    });
  });
});
