import { TestDatabases } from '@backstage/backend-test-utils';
import { randomUUID } from 'crypto';
import { databaseNow } from '../database/clock';
import { insertChange } from '../database/operations/jobs/insertChange';
import { JobRow } from '../database/operations/jobs/tables';
import { buildJobSpec } from '../jobs/protocol/buildJobSpec';
import { defaultJobLimits } from '../jobs/jobLimits';
import { ownSchemas } from '../schemas';
import { EvaluationBench } from './__testUtils__/EvaluationBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'trials in the queue on %s',
  databaseId => {
    let bench: EvaluationBench;

    beforeEach(async () => {
      bench = await EvaluationBench.create(await databases.init(databaseId));
    });
    afterEach(() => bench.stop());

    it('tell the agent nothing of what became of earlier changes', async () => {
      const { knex } = bench;
      const [id] = await bench.targets('failed');
      await bench.start({ size: 1 });
      const [trial] = await bench.queue.claim(1, 'test');
      const row = await bench.job(trial.id);
      const failed = {
        name: 'build',
        source: 'ci',
        outcome: 'failed',
        summary: 'Red',
      };
      const changeId = await knex.transaction(tx =>
        insertChange(tx, row, {
          baseCommit: 'c0ffee',
          patch: 'x',
          report: { verification: [failed] } as never,
          filesChanged: 1,
          insertions: 1,
          deletions: 1,
        }),
      );
      await knex('targets').where({ id }).update({ change_id: changeId });
      const specOf = (task: JobRow['task']) =>
        buildJobSpec(knex, { ...row, task }, defaultJobLimits, {
          gateway: { settings: () => undefined },
          schemas: ownSchemas,
        });
      const spec = await specOf('evaluate');
      expect(spec.task).toBe('transform');
      expect(spec.feedback).toBeUndefined();
      expect((await specOf('transform')).feedback).toHaveLength(1);
    });

    it('try a target again whose runner was lost, and give up after three', async () => {
      const { campaignId, knex } = bench;
      await bench.targets('running');
      const evaluation = await bench.start({ size: 1 });
      const lose = () =>
        knex('jobs').update({ next_at: databaseNow(knex) as never });
      for (const attempt of [1, 2, 3]) {
        const [held] = await bench.queue.claim(5, 'test');
        expect(held.attempt).toBe(attempt);
        await lose();
      }
      expect(await bench.queue.claim(5, 'test')).toEqual([]);
      await bench.planner.plan(campaignId);
      expect(await bench.look(evaluation)).toMatchObject({
        state: 'finished',
        figures: { outcomes: { failed: 1 } },
      });
      // A runner at work on the target itself has nothing to do with it.
      expect(await bench.states()).toEqual(['running']);
    });

    it('leave room for live work', async () => {
      const { campaignId, knex, revisionId } = bench;
      const ids = await bench.targets('pending', 'pending', 'pending');
      await bench.start({ size: 3 });
      expect(await bench.queue.claim(5, 'test', 0)).toEqual([]);
      await knex('campaigns').update({ state: 'active' });
      await knex('jobs').insert({
        id: randomUUID(),
        campaign_id: campaignId,
        target_id: ids[0],
        revision_id: revisionId,
        task: 'transform',
        state: 'queued',
        max_attempts: 3,
        next_at: databaseNow(knex),
        created_at: databaseNow(knex),
      });
      await knex('targets').where({ id: ids[0] }).update({ state: 'queued' });
      const claimed = await bench.queue.claim(5, 'test', 2);
      expect(claimed.map(({ task }) => task).sort()).toEqual([
        'evaluate',
        'evaluate',
        'transform',
      ]);
      expect(await bench.queue.claim(5, 'test', -1)).toEqual([]);
    });
  },
);
