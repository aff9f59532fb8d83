import { TestDatabases } from '@backstage/backend-test-utils';
import { randomUUID } from 'crypto';
import { migrate, migrationsDirectory } from '../../migrate';

const NAME = '20261120000200_publications.js';
const tables = ['publications', 'pull_requests', 'rollbacks', 'write_governor'];

describe('the migration of publications', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())('goes up and down on %s', async id => {
    const knex = await databases.init(id);
    await migrate(knex);
    for (const table of tables) {
      expect(await knex.schema.hasTable(table)).toBe(true);
    }
    await knex.migrate.down({ directory: migrationsDirectory, name: NAME });
    for (const table of tables) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
    await migrate(knex);
    expect(await knex.schema.hasTable('publications')).toBe(true);
  });

  it.each(databases.eachSupportedId())(
    'allows one live publication per target on %s',
    async id => {
      const knex = await databases.init(id);
      await migrate(knex);
      const campaignId = randomUUID();
      const targetId = randomUUID();
      await knex('campaigns').insert({
        id: campaignId,
        name: 'a',
        title: 'A',
        owner_ref: 'o',
        state: 'active',
        spec: '{}',
        scope_state: 'ready',
        created_by: 'u',
        created_at: 1,
        updated_at: 1,
      });
      await knex('targets').insert({
        id: targetId,
        campaign_id: campaignId,
        repo_host: 'h',
        repo_owner: 'o',
        repo_name: 'n',
        path: '',
        framework: 'dbt',
        state: 'approved',
        reasons: '[]',
        created_at: 1,
        updated_at: 1,
      });
      const publication = (state: string) =>
        knex('publications').insert({
          id: randomUUID(),
          target_id: targetId,
          change_id: randomUUID(),
          campaign_id: campaignId,
          repo_host: 'h',
          repo_owner: 'o',
          repo_name: 'n',
          state,
          created_at: 1,
          updated_at: 1,
        });
      await publication('opened');
      await publication('failed');
      await publication('pushed');
      await expect(publication('planned')).rejects.toMatchObject({
        message: expect.stringMatching(/unique/i),
      });
    },
  );
});
