import { TestDatabases } from '@backstage/backend-test-utils';
import {
  insertCampaign,
  insertTarget,
} from '../../../jobs/__testUtils__/campaign';
import { migrate, migrationsDirectory } from '../../migrate';
import { enqueueJob } from '../jobs/enqueueJob';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const directory = migrationsDirectory;
const NAME = '20261122000000_evaluations.js';

describe('the migration of evaluations', () => {
  it.each(databases.eachSupportedId())(
    'gives the current revision its spec, and takes only trials away, on %s',
    async id => {
      const knex = await databases.init(id);
      await migrate(knex);
      const campaign = await insertCampaign(knex);
      const { campaignId, revisionId } = campaign;
      await knex('campaigns').update({ spec: '{"title":"now"}' });
      const [{ id: _, ...older }] = await knex('context_revisions');
      await knex('context_revisions')
        .where({ id: revisionId })
        .update({ number: 2 });
      await knex('context_revisions').insert({
        ...older,
        id: '00000000-0000-4000-8000-000000000001',
      });
      const targetId = await insertTarget(knex, { campaignId });
      await knex.transaction(async tx => {
        for (const task of ['transform', 'evaluate'] as const) {
          await enqueueJob(tx, { ...campaign, targetId, task });
        }
      });
      await knex('job_events').insert(
        await knex('jobs').select({
          job_id: 'id',
          attempt: knex.raw('1'),
          at: knex.raw('1'),
          type: knex.raw("'log'"),
          level: knex.raw("'info'"),
          message: 'task',
        }),
      );

      const later = (await knex.migrate.list({ directory }))[0]
        .map(({ name }: { name: string }) => name)
        .filter((name: string) => name >= NAME)
        .reverse();
      for (const name of later) await knex.migrate.down({ directory, name });
      expect(await knex('jobs').select('task')).toEqual([
        { task: 'transform' },
      ]);
      expect(await knex('job_events').select('message')).toEqual([
        { message: 'transform' },
      ]);

      await migrate(knex);
      expect(
        await knex('context_revisions').orderBy('number').select('spec'),
      ).toEqual([{ spec: null }, { spec: '{"title":"now"}' }]);
    },
  );
});
