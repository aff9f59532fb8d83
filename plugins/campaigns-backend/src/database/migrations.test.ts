import { TestDatabases } from '@backstage/backend-test-utils';
import { readdirSync } from 'fs';
import { Knex } from 'knex';
import { migrate, migrationsDirectory } from './migrate';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** Names of the tables and their columns. */
async function schemaOf(knex: Knex): Promise<Record<string, string[]>> {
  const rows: Array<{ name: string }> = String(
    knex.client.config.client,
  ).includes('pg')
    ? await knex('information_schema.tables')
        .where({ table_schema: 'public' })
        .select({ name: 'table_name' })
    : await knex('sqlite_master').where({ type: 'table' }).select('name');
  const tables = rows
    .map(({ name }) => name)
    .filter(name => !/^(sqlite_|knex_)/.test(name))
    .sort();
  const schema: Record<string, string[]> = {};
  for (const table of tables) {
    schema[table] = Object.keys(await knex(table).columnInfo()).sort();
  }
  return schema;
}

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  it('go up, and down one by one to nothing, and up again to the same', async () => {
    const knex = await databases.init(id);
    await migrate(knex);
    const schema = await schemaOf(knex);
    expect(Object.keys(schema)).toEqual(
      expect.arrayContaining(['campaigns', 'targets', 'jobs', 'publications']),
    );

    const files = readdirSync(migrationsDirectory);
    for (const _ of files) {
      await knex.migrate.down({ directory: migrationsDirectory });
    }
    expect(await schemaOf(knex)).toEqual({});

    await migrate(knex);
    expect(await schemaOf(knex)).toEqual(schema);
  });
});
