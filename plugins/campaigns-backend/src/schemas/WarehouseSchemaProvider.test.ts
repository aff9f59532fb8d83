import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { RepositorySource } from '@skein/plugin-campaigns-node';
import { toBigQueryType } from './toBigQueryType';
import { warehousesFromConfig } from './warehousesFromConfig';

const databases = TestDatabases.create({ ids: ['POSTGRES_15'] });

/** Against a real INFORMATION_SCHEMA. */
describe.each(databases.eachSupportedId())('a warehouse on %s', id => {
  let knex: Knex;
  let catalog: string;
  beforeEach(async () => {
    knex = await databases.init(id);
    ({ catalog } = await knex.first({
      catalog: knex.raw('current_database()'),
    }));
    await knex.raw('create schema user_data');
    await knex.raw(`create table user_data.users_v2 (
      "User_Identifier" varchar(36) not null, score numeric(10, 2), age int,
      active boolean, tags text[], seen timestamptz, born date, raw jsonb)`);
    await knex.raw('create view user_data.plays_20240101 as select 1 as old');
    await knex.raw(
      'create view user_data.plays_20240201 as select 1::bigint as newest',
    );
  });

  const read = (config: object, datasets: string[]) => {
    const connection = knex.client.config.connection;
    const [provider] = warehousesFromConfig(
      mockServices.rootConfig({
        data: {
          campaigns: {
            schemas: {
              warehouses: [
                {
                  id: 'main',
                  title: 'Main warehouse',
                  client: 'pg',
                  connection,
                  maxAge: 'PT1H',
                  ...config,
                },
              ],
            },
          },
        },
      }),
    );
    expect(provider).toMatchObject({
      id: 'warehouse:main',
      title: 'Main warehouse',
      maxAgeSeconds: 3_600,
    });
    return provider.readSchemas(datasets, {
      signal: new AbortController().signal,
      source: {} as RepositorySource,
    } as never);
  };

  it('gives columns with their types, newest shards, and what is not there', async () => {
    expect(
      await read({}, [
        `${catalog}.user_data.users_v2`,
        'USER_DATA.users_v2',
        'user_data.plays_*',
        'user_data.users_v1',
        'user_data.us_rs_v2',
        'other_schema.users_v2',
        'another-project.user_data.users_v2',
      ]),
    ).toEqual([
      {
        dataset: `${catalog}.user_data.users_v2`,
        columns: {
          user_identifier: 'STRING',
          score: 'NUMERIC',
          age: 'INT64',
          active: 'BOOL',
          tags: 'ARRAY<STRING>',
          seen: 'TIMESTAMP',
          born: 'DATE',
          raw: 'JSON',
        },
      },
      { dataset: 'USER_DATA.users_v2', columns: expect.any(Object) },
      { dataset: 'user_data.plays_*', columns: { newest: 'INT64' } },
      { dataset: 'user_data.users_v1', columns: undefined },
      { dataset: 'user_data.us_rs_v2', columns: undefined },
    ]);
  });

  it('goes by the name that datasets give it', async () => {
    expect(
      await read({ catalog: 'acme-data' }, [
        'acme-data.user_data.users_v2',
        `${catalog}.user_data.users_v2`,
      ]),
    ).toEqual([
      { dataset: 'acme-data.user_data.users_v2', columns: expect.any(Object) },
    ]);
  });

  it('takes a name for a name, whatever stands in it', async () => {
    const name = "user_data.x'; drop table users_v2; --";
    await read({}, [name, 'user_data.%']);
    expect(await knex('user_data.users_v2')).toEqual([]);
  });

  it('says why it cannot connect', async () => {
    await expect(
      read({ connection: { host: '127.0.0.1', port: 1 } }, ['a.b']),
    ).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('toBigQueryType', () => {
  it.each([
    ['character varying', undefined, 'STRING'],
    ['VARCHAR(255)', undefined, 'STRING'],
    ['ARRAY', 'integer', 'ARRAY<INT64>'],
    ['GEOGRAPHY', undefined, 'GEOGRAPHY'],
  ])('calls %s of %s %s', (type, element, expected) => {
    expect(toBigQueryType(type, element)).toBe(expected);
  });
});
