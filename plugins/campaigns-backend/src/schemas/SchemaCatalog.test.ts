import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  ProvidedSchema,
  RepositorySource,
  SchemaProvider,
} from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { randomUUID } from 'crypto';
import { CampaignChanges } from '../changes/CampaignChanges';
import { migrate } from '../database/migrate';
import { SchemaCatalog } from './SchemaCatalog';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const OLD = 'acme.user_data.users_v1';
const NEW = 'acme.user_data.users_v2';

/** A provider whose answers a test decides. */
class Warehouse implements SchemaProvider {
  readonly title = 'Warehouse';
  readonly asked: string[][] = [];
  answer: () => Promise<ProvidedSchema[]> = async () => [];

  constructor(readonly id = 'warehouse', readonly maxAgeSeconds?: number) {}

  async readSchemas(datasets: string[]) {
    this.asked.push([...datasets].sort());
    return this.answer();
  }
}

describe.each(databases.eachSupportedId())('SchemaCatalog on %s', id => {
  let knex: Knex;
  let changes: CampaignChanges;
  const started: SchemaCatalog[] = [];

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    changes = new CampaignChanges();
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map(catalog => catalog.stop()));
  });

  async function addCampaign(state = 'draft') {
    const campaignId = randomUUID();
    await knex('campaigns').insert({
      id: campaignId,
      name: campaignId.slice(0, 20),
      title: 'A',
      owner_ref: 'group:default/a',
      state,
      spec: JSON.stringify({ datasets: [{ from: OLD, to: NEW }] }),
      scope_state: 'none',
      created_by: 'user:default/a',
      created_at: 1,
      updated_at: 1,
    });
    changes.notify({ campaignId });
    return campaignId;
  }

  function start(...providers: SchemaProvider[]) {
    const catalog = SchemaCatalog.start({
      knex,
      providers,
      changes,
      source: {} as RepositorySource,
      logger: mockServices.logger.mock(),
      idleMilliseconds: 20,
    });
    started.push(catalog);
    return catalog;
  }

  async function until<T>(
    look: () => Promise<T>,
    holds: (value: T) => boolean,
  ): Promise<T> {
    const giveUpAt = Date.now() + 300_000;
    for (;;) {
      const value = await look();
      if (holds(value)) return value;
      if (Date.now() > giveUpAt) throw new Error(JSON.stringify(value));
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }

  const question = { datasets: [OLD, NEW], own: {} };
  const statesOf = (catalog: SchemaCatalog) => async () =>
    (await catalog.resolve(question)).origins.map(({ state }) => state).join();

  it('reads what a new campaign names, once, and tells that it is there', async () => {
    const warehouse = new Warehouse();
    warehouse.answer = async () => [
      { dataset: OLD, columns: { User_ID: 'INT64' } },
      { dataset: NEW, columns: undefined },
    ];
    const catalog = start(warehouse);
    const campaignId = await addCampaign();
    await until(statesOf(catalog), states => states === 'known,missing');
    const told: string[] = [];
    changes.subscribe(change => told.push(change.campaignId));
    expect((await catalog.resolve(question)).schemas).toEqual({
      [OLD]: { user_id: 'INT64' },
    });
    changes.notify({ campaignId });
    expect(told).toEqual([campaignId]);
    // Fresh for hours: another look finds nothing to do.
    start(warehouse);
    await addCampaign();
    await until(
      async () => Number((await knex('campaigns').count({ n: '*' }))[0].n),
      count => count === 2,
    );
    expect(warehouse.asked).toEqual([[OLD, NEW]]);
  });

  it('keeps what was known where a read fails, with the error and the age', async () => {
    const warehouse = new Warehouse();
    warehouse.answer = async () => [{ dataset: OLD, columns: { id: 'DATE' } }];
    const catalog = start(warehouse);
    await addCampaign();
    await until(statesOf(catalog), states => states === 'known,unknown');
    warehouse.answer = async () => {
      throw new Error('no route\nto host');
    };
    await knex('dataset_schemas').update({ next_at: 0 });
    const { origins, schemas } = await until(
      () => catalog.resolve(question),
      result => result.origins[0].message !== undefined,
    );
    expect(origins[0]).toMatchObject({
      state: 'known',
      readAt: expect.any(String),
      message: 'no route to host',
    });
    expect(schemas[OLD]).toEqual({ id: 'DATE' });
  });

  it('says that asking failed where nothing was known, and asks again later', async () => {
    const warehouse = new Warehouse();
    warehouse.answer = async () => {
      throw new Error('wrong password');
    };
    const catalog = start(warehouse);
    await addCampaign();
    await until(statesOf(catalog), states => states === 'failed,failed');
    const [{ next_at: next, wanted_until: wanted }] = await knex(
      'dataset_schemas',
    );
    expect(Number(next)).toBeLessThan(Number(wanted));
  });

  it('reads for live campaigns alone', async () => {
    const warehouse = new Warehouse();
    const catalog = start(warehouse);
    await addCampaign('completed');
    expect(await statesOf(catalog)()).toBe('unknown,unknown');
    await addCampaign();
    await until(
      async () => warehouse.asked.length,
      asked => asked === 1,
    );
  });

  it('shares the reading between replicas', async () => {
    const one = new Warehouse();
    const other = new Warehouse();
    const catalog = start(one);
    start(other);
    await addCampaign();
    await until(
      async () =>
        (
          await knex('dataset_schemas').whereNotNull('read_at')
        ).length,
      read => read === 2,
    );
    const asked = [...one.asked, ...other.asked].flat().sort();
    expect(asked).toEqual([OLD, NEW]);
    await catalog.stop();
  });

  it('refuses two providers of one name', () => {
    expect(() => start(new Warehouse(), new Warehouse())).toThrow(
      'Two schema providers have the same id',
    );
  });
});
