import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { LineageProviderStatus } from '@skein/plugin-campaigns-common';
import {
  LineageFact,
  LineageProvider,
  LineageReadContext,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { directYaml } from '../__testUtils__/directYaml';
import { migrate } from '../database/migrate';
import { findConsumers } from './findConsumers';
import { LineageReader } from './LineageReader';
import { LineageStore } from './LineageStore';

const DAY = 24 * 60 * 60_000;

describe('freshness of lineage', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    let knex: Knex;
    let store: LineageStore;
    let reader: LineageReader | undefined;
    const logger = mockServices.logger.mock();

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await migrate(knex);
      store = LineageStore.create({ knex, logger });
    });
    afterEach(async () => reader?.stop());

    const start = async (
      read: (context: LineageReadContext) => AsyncIterable<LineageFact>,
    ) => {
      const provider: LineageProvider = {
        id: 'sql',
        title: 'SQL',
        intervalSeconds: 600,
        read,
      };
      reader = await LineageReader.start({
        yaml: directYaml,
        store,
        providers: [provider],
        source: {} as RepositorySource,
        listRepositories: async () => [],
        keepUninstalledMilliseconds: 30 * DAY,
        logger,
      });
      return reader;
    };
    const until = async (
      holds: (status: LineageProviderStatus) => boolean | string | undefined,
    ) => {
      for (;;) {
        const [status] = await reader!.listProviders();
        if (holds(status)) return status;
        await new Promise(resolve => setImmediate(resolve));
      }
    };
    const consumersOf = async (dataset: string) =>
      (await findConsumers(knex, { dataset, depth: 1 })).consumers.map(
        each => each.node.name,
      );

    it('tells the schedule, how far a read is, and what may be missing from it', async () => {
      let goOn = () => {};
      const told = new Promise<void>(resolve => {
        goOn = resolve;
      });
      await start(async function* read({ onProgress, onProblem }) {
        onProgress?.('Looked into 1 of 2 repositories');
        yield { type: 'read', job: 'a', dataset: 'x.users' };
        await told;
        for (let i = 1; i <= 5; i++) onProblem?.(`acme/r${i}: too large`);
      });
      const running = await until(status => status.progress);
      expect(running).toMatchObject({
        state: 'running',
        progress: 'Looked into 1 of 2 repositories',
        intervalSeconds: 600,
      });
      goOn();
      const done = await until(status => status.lastError);
      expect(done).toMatchObject({
        state: 'ok',
        lastError:
          'acme/r1: too large; acme/r2: too large; acme/r3: too large; and 2 more',
      });
      expect(done.progress).toBeUndefined();
      const rest =
        Date.parse(done.nextReadAt!) - Date.parse(done.lastStartedAt!);
      expect(Math.round(rest / 1000)).toBe(600);
    });

    it('shows a source that is not installed any more, and lets go of what it said after a while', async () => {
      await store.registerProviders([
        { id: 'old', title: 'Old', intervalMilliseconds: 1000 },
      ]);
      await store.replaceProviderFacts('old', [
        { type: 'read', job: 'a', dataset: 'x.users' },
      ]);
      const unknownFor = async (milliseconds: number) =>
        knex('lineage_providers')
          .where({ id: 'old' })
          .update({ known_at: Date.now() - milliseconds });

      await unknownFor(2 * DAY);
      await store.removeUninstalled(30 * DAY);
      const [status] = await store.listProviders(30 * DAY);
      expect(status.nextReadAt).toBeUndefined();
      expect(
        Date.parse(status.removedAt!) - Date.parse(status.uninstalledSince!),
      ).toBe(30 * DAY);
      expect(await consumersOf('x.users')).toEqual(['a']);

      await unknownFor(31 * DAY);
      await start(async function* read() {});
      expect(await consumersOf('x.users')).toEqual([]);
      expect((await reader!.listProviders()).map(each => each.id)).toEqual([
        'sql',
      ]);
    });
  });
});
