import { TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { randomUUID } from 'crypto';
import { allRows, noRows, RowFilter } from '../authorization';
import { CampaignLifecycle } from '../campaigns/CampaignLifecycle';
import { stopJobs } from '../database/operations/jobs/stopJobs';
import { insertCampaign } from '../jobs/__testUtils__/campaign';
import { actor, EvaluationBench } from './__testUtils__/EvaluationBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('evaluations on %s', databaseId => {
  let bench: EvaluationBench;

  beforeEach(async () => {
    bench = await EvaluationBench.create(await databases.init(databaseId));
  });
  afterEach(() => bench.stop());

  it('try named targets, or those of an earlier evaluation, and each once at a time', async () => {
    const { campaignId, knex } = bench;
    const [a, , c, candidate] = await bench.targets(
      'pending',
      'pending',
      // There is nothing left to change in it, which a person may try all the same.
      'merged',
      'candidate',
    );
    const first = await bench.start({ targetIds: [c, a, c] });
    expect(first.targetCount).toBe(2);
    await expect(bench.start({ size: 1_000 })).rejects.toThrow(
      '1 of the 2 targets are being tried in another evaluation',
    );
    await expect(bench.start({ targetIds: [candidate] })).rejects.toThrow(
      InputError,
    );
    await expect(bench.start({ targetIds: [randomUUID()] })).rejects.toThrow(
      InputError,
    );
    await expect(bench.start({ sameAs: randomUUID() })).rejects.toThrow(
      NotFoundError,
    );
    await bench.endAll({
      a: { outcome: 'proposed' },
      c: { outcome: 'proposed' },
    });
    await knex('job_attempts').update({ base_commit: 'c0ffee' });

    const second = await bench.start({ sameAs: first.id });
    const { items } = await bench.trials(second);
    expect(items.map(({ target }) => target.id)).toEqual([a, c]);
    expect(
      await knex('jobs').where({ run_id: second.id }).select('base_commit'),
    ).toEqual([{ base_commit: 'c0ffee' }, { base_commit: 'c0ffee' }]);
    expect(
      await bench.service.list(campaignId, { limit: 1 }, allRows),
    ).toMatchObject({ items: [{ number: 2 }], totalItems: 2 });
  });

  it('are begun once, of two at the same time', async () => {
    const { knex } = bench;
    await bench.targets('pending', 'pending');
    const both = await Promise.allSettled([
      bench.start({ size: 2 }),
      bench.start({ size: 1 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(await knex('runs')).toHaveLength(1);
  });

  it('are begun neither of another campaign, nor once the campaign has ended', async () => {
    const { campaignId, knex } = bench;
    await bench.targets('pending');
    const other = await insertCampaign(knex);
    await expect(
      bench.service.start(campaignId, {
        revisionId: other.revisionId,
        sample: { size: 1 },
        actor,
        readable: allRows,
      }),
    ).rejects.toThrow(NotFoundError);
    await expect(bench.start({ size: 1 }, noRows)).rejects.toThrow(
      'No target has anything left to change',
    );
    await knex('campaigns').update({ state: 'completed' });
    await expect(bench.start({ size: 1 })).rejects.toThrow(ConflictError);
    expect(await knex('runs')).toEqual([]);
  });

  it('are stopped in the middle, and by nothing that stops live work', async () => {
    const { campaignId, knex } = bench;
    const ids = await bench.targets('pending', 'pending');
    const evaluation = await bench.start({ size: 2 });
    const [held] = await bench.queue.claim(1, 'test');
    await knex.transaction(tx => stopJobs(tx, ids, 'Stopped by bob'));
    expect(await bench.queue.heartbeat(held)).toBe(true);

    await bench.service.stop(campaignId, evaluation.id, actor);
    expect(await bench.queue.heartbeat(held)).toBe(false);
    await expect(bench.end(held, 'proposed')).rejects.toThrow(ConflictError);
    expect(await bench.look(evaluation)).toMatchObject({
      state: 'stopped',
      figures: { outcomes: { stopped: 2 }, open: 0 },
    });
    expect(await bench.states()).toEqual(['pending', 'pending']);
    await expect(
      bench.service.stop(campaignId, evaluation.id, actor),
    ).rejects.toThrow('The evaluation is stopped already');
  });

  it('end with their campaign', async () => {
    const { campaignId, changes, knex } = bench;
    await bench.targets('pending');
    const evaluation = await bench.start({ size: 1 });
    await new CampaignLifecycle({ knex, changes }).cancel(
      campaignId,
      'No longer wanted',
      actor,
    );
    expect(await bench.look(evaluation)).toMatchObject({
      state: 'stopped',
      figures: { outcomes: { stopped: 1 } },
    });
  });

  it('show nothing of targets that their reader may not see', async () => {
    const { campaignId, knex } = bench;
    const [a] = await bench.targets('pending', 'pending');
    await knex('targets').where({ id: a }).update({ owner_ref: 'group:mine' });
    const evaluation = await bench.start({ size: 2 });
    await bench.endAll({
      a: { outcome: 'proposed' },
      b: { outcome: 'failed' },
    });
    const mine: RowFilter = query =>
      void query.where('owner_ref', 'group:mine');
    expect(await bench.look(evaluation, mine)).toMatchObject({
      targetCount: 1,
      figures: { outcomes: { proposed: 1 }, passRate: 1 },
    });
    const trials = await bench.trials(evaluation, undefined, mine);
    expect(trials.totalItems).toBe(1);
    expect(await bench.look(evaluation, noRows)).toMatchObject({
      targetCount: 0,
      figures: { outcomes: {}, passed: 0 },
    });
    const pair = { base: evaluation.id, head: evaluation.id };
    expect(await bench.service.compare(campaignId, pair, mine)).toMatchObject({
      totalItems: 1,
    });
  });
});
