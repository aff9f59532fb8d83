import { TestDatabases } from '@backstage/backend-test-utils';
import {
  insertCampaign,
  insertTarget,
} from '../../../jobs/__testUtils__/campaign';
import { migrationsDirectory } from '../../migrate';
import { enqueueJob } from './enqueueJob';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

it.each(databases.eachSupportedId())(
  '20261120000100_jobs.js goes up, down and up again on %s',
  async databaseId => {
    const knex = await databases.init(databaseId);
    const directory = { directory: migrationsDirectory };
    const tables = ['jobs', 'job_attempts', 'job_events', 'changes'];
    const existing = async () => {
      const found = await Promise.all(
        tables.map(table => knex.schema.hasTable(table)),
      );
      return tables.filter((_, at) => found[at]);
    };

    await knex.migrate.up(directory); // campaigns
    expect(await existing()).toEqual([]);
    await knex.migrate.up(directory);
    expect(await existing()).toEqual(tables);

    const campaign = await insertCampaign(knex);
    const targetId = await insertTarget(knex, campaign);
    await knex.transaction(tx =>
      enqueueJob(tx, { ...campaign, targetId, task: 'transform' }),
    );
    const [job] = await knex('jobs');
    // The database itself holds that a target has one live job of a task.
    await expect(
      knex('jobs').insert({
        ...job,
        id: '00000000-0000-4000-8000-000000000000',
      }),
      // A driver that is loaded once for many test files throws errors of another realm.
    ).rejects.toMatchObject({ message: expect.stringMatching(/unique/i) });

    await knex.migrate.down(directory);
    expect(await existing()).toEqual([]);
    expect(await knex('targets').where({ id: targetId })).toHaveLength(1);
    await knex.migrate.up(directory);
    expect(await existing()).toEqual(tables);
  },
);

it.each(databases.eachSupportedId())(
  'takes all of a campaign away with it on %s',
  async databaseId => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: migrationsDirectory });
    const campaign = await insertCampaign(knex);
    const targetId = await insertTarget(knex, campaign);
    await knex.transaction(tx =>
      enqueueJob(tx, { ...campaign, targetId, task: 'transform' }),
    );
    await knex('campaigns').where({ id: campaign.campaignId }).delete();
    expect(await knex('jobs')).toEqual([]);
  },
);
