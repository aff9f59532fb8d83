import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { EvaluationSample, TrialOutcome } from '@skein/plugin-campaigns-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { allRows, noRows, RowFilter } from '../authorization';
import { CampaignLifecycle } from '../campaigns/CampaignLifecycle';
import { CampaignChanges } from '../changes/CampaignChanges';
import { databaseNow } from '../database/clock';
import { migrate } from '../database/migrate';
import { listActivity } from '../database/operations/activity/listActivity';
import { insertChange } from '../database/operations/jobs/insertChange';
import { stopJobs } from '../database/operations/jobs/stopJobs';
import { JobRow } from '../database/operations/jobs/tables';
import { addSpend } from '../database/operations/modelCalls/addSpend';
import { getReviewStatistics } from '../database/operations/reviews/getReviewStatistics';
import { insertReview } from '../database/operations/reviews/insertReview';
import { listReviews } from '../database/operations/reviews/listReviews';
import { TargetRow } from '../database/tables';
import { insertCampaign, insertTarget } from '../jobs/__testUtils__/campaign';
import { buildJobSpec } from '../jobs/protocol/buildJobSpec';
import { defaultJobLimits } from '../jobs/jobLimits';
import { ownSchemas } from '../schemas';
import { ClaimedAttempt, JobQueue } from '../queue/JobQueue';
import { CampaignPlanner } from '../runs/CampaignPlanner';
import { EvaluationService } from './EvaluationService';

jest.setTimeout(60_000);

const actor = 'user:default/alice';
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('evaluations on %s', databaseId => {
  let knex: Knex;
  let campaignId: string;
  let revisionId: string;
  let queue: JobQueue;
  let service: EvaluationService;
  let planner: CampaignPlanner;
  const changes = new CampaignChanges();

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    ({ campaignId, revisionId } = await insertCampaign(knex));
    await knex('campaigns').update({
      spec: JSON.stringify({ rollout: { waves: [], concurrency: 1 } }),
      state: 'paused',
    });
    queue = JobQueue.create({
      database: knex,
      changes,
      backoff: { first: 0, longest: 0 },
    });
    service = new EvaluationService({ knex, changes, currency: 'USD' });
    planner = CampaignPlanner.start({
      knex,
      changes: new CampaignChanges(),
      logger: mockServices.logger.mock(),
      sweepMilliseconds: 1_000_000,
    });
  });
  afterEach(() => planner.stop());

  /** Targets `a`, `b`, … with states. */
  const targets = async (...states: string[]) => {
    const ids: string[] = [];
    for (const [index, state] of states.entries()) {
      const name = String.fromCharCode(97 + index);
      ids.push(await insertTarget(knex, { campaignId, name, state }));
    }
    return ids;
  };
  const start = (sample: EvaluationSample, readable: RowFilter = allRows) =>
    service.start(campaignId, { revisionId, sample, actor, readable });
  const job = async (id: string) =>
    (await knex<JobRow>('jobs').where({ id }).first())!;
  const states = async () =>
    (await knex<TargetRow>('targets').orderBy('repo_name').select('state')).map(
      ({ state }) => state,
    );

  /** Ends a trial as its runner's result would. */
  const end = (
    held: ClaimedAttempt,
    outcome: TrialOutcome,
    patch?: string,
    approvalRequired = false,
  ) =>
    queue.complete(held, async (tx, row) => {
      const changeId =
        patch &&
        (await insertChange(tx, row, {
          baseCommit: 'c0ffee',
          patch,
          report: { edits: [], refusals: [] } as never,
          filesChanged: 1,
          insertions: 2,
          deletions: 1,
        }));
      return {
        message: outcome,
        event: {
          type: 'finished',
          outcome: outcome as 'proposed',
          reason: `It is ${outcome}`,
          changeId,
          editCount: 3,
          noteCount: 1,
          approvalRequired,
        },
      };
    });
  /** Has each trial of the queue end as its target's name says. */
  const endAll = async (
    outcomes: Record<string, { outcome: TrialOutcome; patch?: string }>,
  ) => {
    for (const held of await queue.claim(50, 'test')) {
      const target = await knex<TargetRow>('targets')
        .where({ id: held.targetId })
        .first();
      const { outcome, patch } = outcomes[target!.repo_name];
      await end(held, outcome, patch);
    }
    await planner.plan(campaignId);
  };

  /** A quarter of a unit, and 1,000 tokens. */
  const pay = (runId: string, jobId: string) =>
    knex.transaction(tx =>
      addSpend(
        tx,
        { campaign_id: campaignId, run_id: runId, job_id: jobId },
        {
          spent: { nanos: 250_000_000, tokens: 1_000 },
          reserved: { nanos: 0, tokens: 0 },
        },
      ),
    );

  it('leave their targets as they are, in a paused campaign too', async () => {
    const all = ['pending', 'prOpen', 'candidate', 'running', 'outOfScope'];
    await targets(...all);
    const evaluation = await start({ size: 10 });
    expect(evaluation).toMatchObject({
      number: 1,
      revisionNumber: 1,
      state: 'running',
      targetCount: 3,
      currency: 'USD',
      figures: { open: 3, passed: 0, outcomes: {}, cost: 0 },
    });
    expect(evaluation.figures.passRate).toBeUndefined();
    await endAll({
      a: { outcome: 'proposed', patch: 'x' },
      b: { outcome: 'noChanges' },
      d: { outcome: 'needsHuman' },
    });
    expect(await states()).toEqual(all);
    const rows = await knex<TargetRow>('targets');
    expect(
      rows.filter(row => row.change_id || row.job_id || row.run_id),
    ).toEqual([]);

    expect(await service.get(campaignId, evaluation.id, allRows)).toMatchObject(
      {
        state: 'finished',
        finishedAt: expect.any(String),
        figures: {
          outcomes: { proposed: 1, noChanges: 1, needsHuman: 1 },
          open: 0,
          passed: 1,
          passRate: 1 / 3,
          noteCount: 3,
          medianMs: expect.any(Number),
        },
      },
    );
    const { items } = await listActivity(knex, campaignId, {}, allRows);
    expect(items.map(({ action, message }) => [action, message])).toEqual([
      [
        'evaluation.finish',
        'The evaluation of run 1 ended: 1 of 3 targets passed',
      ],
      ['evaluation.start', 'Run 1 tries context revision 1 on 3 targets'],
    ]);
  });

  it('count what trials cost, and what gates and judge said of them', async () => {
    await targets('pending', 'pending', 'pending', 'pending');
    const evaluation = await start({ size: 4 });
    const held = (await queue.claim(4, 'test')).sort((a, b) =>
      a.targetId.localeCompare(b.targetId),
    );
    const review = async (
      index: number,
      round: number,
      outcome: 'accepted' | 'rejected' | 'ask',
      verdict?: 'accept' | 'veto',
    ) =>
      insertReview(knex, await job(held[index].id), {
        patchDigest: `${round}`,
        round,
        outcome,
        findings: [],
        judge: verdict && ({ verdict, reasons: [] } as never),
      });
    // One is vetoed and recovers, one is sent back by a gate and vetoed for good.
    await review(0, 1, 'rejected', 'veto');
    await review(0, 2, 'accepted', 'accept');
    await review(1, 1, 'rejected');
    await review(1, 2, 'ask', 'veto');
    await review(2, 1, 'accepted');
    await end(held[0], 'proposed', 'patch 0');
    await end(held[1], 'proposed', 'patch 1', true);
    await end(held[2], 'proposed', 'patch 2');
    await queue.fail(held[3], { kind: 'verification-failed', message: 'Red' });
    for (const [index, seconds] of [1, 2, 9, 4].entries()) {
      await knex('jobs')
        .where({ id: held[index].id })
        .update({ started_at: 1_000, finished_at: 1_000 + seconds * 1_000 });
      await pay(evaluation.id, held[index].id);
    }

    const { figures } = await service.get(campaignId, evaluation.id, allRows);
    expect(figures).toEqual({
      outcomes: { proposed: 3, failed: 1 },
      open: 0,
      passed: 3,
      passRate: 0.75,
      blocked: 1,
      judged: 2,
      vetoed: 2,
      recovered: 1,
      approvalRequired: 1,
      noteCount: 3,
      cost: 1,
      tokens: 4_000,
      medianMs: 3_000,
    });
    const { items } = await service.listTrials(
      campaignId,
      evaluation.id,
      {},
      allRows,
    );
    expect(items.map(({ target }) => target.repository.name)).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
    expect(items.find(({ jobId }) => jobId === held[1].id)).toMatchObject({
      state: 'succeeded',
      outcome: 'proposed',
      message: 'It is proposed',
      changeId: expect.any(String),
      editCount: 3,
      noteCount: 1,
      insertions: 2,
      deletions: 1,
      blocked: 1,
      vetoed: 1,
      approvalRequired: true,
      cost: 0.25,
      tokens: 1_000,
      durationMs: 2_000,
    });
    const failed = await service.listTrials(
      campaignId,
      evaluation.id,
      { outcomes: ['failed', 'stopped'] },
      allRows,
    );
    expect(failed).toMatchObject({
      totalItems: 1,
      items: [
        {
          outcome: 'failed',
          failureKind: 'verification-failed',
          message: 'Red',
        },
      ],
    });
    // What people never see is not mixed with what they decided about.
    expect(await getReviewStatistics(knex, campaignId)).toEqual([]);
    const { id: jobId, targetId } = held[0];
    expect(await listReviews(knex, targetId, {})).toMatchObject({
      totalItems: 0,
    });
    expect(await listReviews(knex, targetId, { jobId })).toMatchObject({
      items: [{ round: 2 }, { round: 1 }],
    });
  });

  it('try named targets, or those of an earlier evaluation, and each once at a time', async () => {
    const [a, , c, candidate] = await targets(
      'pending',
      'pending',
      // There is nothing left to change in it, which a person may try all the same.
      'merged',
      'candidate',
    );
    const first = await start({ targetIds: [c, a, c] });
    expect(first.targetCount).toBe(2);
    await expect(start({ size: 1_000 })).rejects.toThrow(
      '1 of the 2 targets are being tried in another evaluation',
    );
    await expect(start({ targetIds: [candidate] })).rejects.toThrow(InputError);
    await expect(start({ targetIds: [randomUUID()] })).rejects.toThrow(
      InputError,
    );
    await expect(start({ sameAs: randomUUID() })).rejects.toThrow(
      NotFoundError,
    );
    await endAll({ a: { outcome: 'proposed' }, c: { outcome: 'proposed' } });
    await knex('job_attempts').update({ base_commit: 'c0ffee' });

    const second = await start({ sameAs: first.id });
    const { items } = await service.listTrials(
      campaignId,
      second.id,
      {},
      allRows,
    );
    expect(items.map(({ target }) => target.id)).toEqual([a, c]);
    expect(
      await knex('jobs').where({ run_id: second.id }).select('base_commit'),
    ).toEqual([{ base_commit: 'c0ffee' }, { base_commit: 'c0ffee' }]);
    expect(await service.list(campaignId, { limit: 1 }, allRows)).toMatchObject(
      { items: [{ number: 2 }], totalItems: 2 },
    );
  });

  it('are begun once, of two at the same time', async () => {
    await targets('pending', 'pending');
    const both = await Promise.allSettled([
      start({ size: 2 }),
      start({ size: 1 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(await knex('runs')).toHaveLength(1);
  });

  it('are begun neither of another campaign, nor once the campaign has ended', async () => {
    await targets('pending');
    const other = await insertCampaign(knex);
    await expect(
      service.start(campaignId, {
        revisionId: other.revisionId,
        sample: { size: 1 },
        actor,
        readable: allRows,
      }),
    ).rejects.toThrow(NotFoundError);
    await expect(start({ size: 1 }, noRows)).rejects.toThrow(
      'No target has anything left to change',
    );
    await knex('campaigns').update({ state: 'completed' });
    await expect(start({ size: 1 })).rejects.toThrow(ConflictError);
    expect(await knex('runs')).toEqual([]);
  });

  it('are stopped in the middle, and by nothing that stops live work', async () => {
    const ids = await targets('pending', 'pending');
    const evaluation = await start({ size: 2 });
    const [held] = await queue.claim(1, 'test');
    await knex.transaction(tx => stopJobs(tx, ids, 'Stopped by bob'));
    expect(await queue.heartbeat(held)).toBe(true);

    await service.stop(campaignId, evaluation.id, actor);
    expect(await queue.heartbeat(held)).toBe(false);
    await expect(end(held, 'proposed')).rejects.toThrow(ConflictError);
    expect(await service.get(campaignId, evaluation.id, allRows)).toMatchObject(
      { state: 'stopped', figures: { outcomes: { stopped: 2 }, open: 0 } },
    );
    expect(await states()).toEqual(['pending', 'pending']);
    await expect(
      service.stop(campaignId, evaluation.id, actor),
    ).rejects.toThrow('The evaluation is stopped already');
  });

  it('end with their campaign', async () => {
    await targets('pending');
    const evaluation = await start({ size: 1 });
    await new CampaignLifecycle({ knex, changes }).cancel(
      campaignId,
      'No longer wanted',
      actor,
    );
    expect(await service.get(campaignId, evaluation.id, allRows)).toMatchObject(
      { state: 'stopped', figures: { outcomes: { stopped: 1 } } },
    );
  });

  it('tell the agent nothing of what became of earlier changes', async () => {
    const [id] = await targets('failed');
    await start({ size: 1 });
    const [trial] = await queue.claim(1, 'test');
    const row = await job(trial.id);
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
    await targets('running');
    const evaluation = await start({ size: 1 });
    const lose = () =>
      knex('jobs').update({ next_at: databaseNow(knex) as never });
    for (const attempt of [1, 2, 3]) {
      const [held] = await queue.claim(5, 'test');
      expect(held.attempt).toBe(attempt);
      await lose();
    }
    expect(await queue.claim(5, 'test')).toEqual([]);
    await planner.plan(campaignId);
    expect(await service.get(campaignId, evaluation.id, allRows)).toMatchObject(
      { state: 'finished', figures: { outcomes: { failed: 1 } } },
    );
    // A runner at work on the target itself has nothing to do with it.
    expect(await states()).toEqual(['running']);
  });

  it('leave room for live work', async () => {
    const ids = await targets('pending', 'pending', 'pending');
    await start({ size: 3 });
    expect(await queue.claim(5, 'test', 0)).toEqual([]);
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
    const claimed = await queue.claim(5, 'test', 2);
    expect(claimed.map(({ task }) => task).sort()).toEqual([
      'evaluate',
      'evaluate',
      'transform',
    ]);
    expect(await queue.claim(5, 'test', -1)).toEqual([]);
  });

  it('are compared target by target, the worse first', async () => {
    await targets('pending', 'pending', 'pending', 'pending', 'pending');
    const base = await start({ size: 5 });
    await endAll({
      a: { outcome: 'proposed', patch: 'same' },
      b: { outcome: 'failed' },
      c: { outcome: 'proposed', patch: 'one' },
      d: { outcome: 'proposed', patch: 'gone' },
      e: { outcome: 'proposed' },
    });
    const head = await start({ sameAs: base.id });
    await knex('jobs')
      .where({ run_id: head.id })
      .whereIn(
        'target_id',
        knex('targets').where({ repo_name: 'e' }).select('id'),
      )
      .delete();
    await endAll({
      a: { outcome: 'proposed', patch: 'same' },
      b: { outcome: 'proposed', patch: 'new' },
      c: { outcome: 'proposed', patch: 'other' },
      d: { outcome: 'needsHuman' },
    });
    const request = { base: base.id, head: head.id };
    const comparison = await service.compare(campaignId, request, allRows);
    expect(comparison).toMatchObject({
      base: { number: 1, figures: { passed: 4 } },
      head: { number: 2, figures: { passed: 3 } },
      counts: { worse: 1, better: 1, different: 1, unknown: 1, same: 1 },
      totalItems: 5,
    });
    expect(
      comparison.items.map(({ target, change }) => [
        target.repository.name,
        change,
      ]),
    ).toEqual([
      ['d', 'worse'],
      ['b', 'better'],
      ['c', 'different'],
      ['e', 'unknown'],
      ['a', 'same'],
    ]);
    const page = await service.compare(
      campaignId,
      { ...request, offset: 1, limit: 1 },
      allRows,
    );
    expect(page.items.map(({ change }) => change)).toEqual(['better']);
    expect(page.totalItems).toBe(5);
  });

  it('show nothing of targets that their reader may not see', async () => {
    const [a] = await targets('pending', 'pending');
    await knex('targets').where({ id: a }).update({ owner_ref: 'group:mine' });
    const evaluation = await start({ size: 2 });
    await endAll({ a: { outcome: 'proposed' }, b: { outcome: 'failed' } });
    const mine: RowFilter = query =>
      void query.where('owner_ref', 'group:mine');
    expect(await service.get(campaignId, evaluation.id, mine)).toMatchObject({
      targetCount: 1,
      figures: { outcomes: { proposed: 1 }, passRate: 1 },
    });
    const trials = await service.listTrials(
      campaignId,
      evaluation.id,
      {},
      mine,
    );
    expect(trials.totalItems).toBe(1);
    expect(await service.get(campaignId, evaluation.id, noRows)).toMatchObject({
      targetCount: 0,
      figures: { outcomes: {}, passed: 0 },
    });
    const pair = { base: evaluation.id, head: evaluation.id };
    expect(await service.compare(campaignId, pair, mine)).toMatchObject({
      totalItems: 1,
    });
  });
});
