import { TestDatabases } from '@backstage/backend-test-utils';
import { allRows } from '../authorization';
import { listActivity } from '../database/operations/activity/listActivity';
import { getReviewStatistics } from '../database/operations/reviews/getReviewStatistics';
import { insertReview } from '../database/operations/reviews/insertReview';
import { listReviews } from '../database/operations/reviews/listReviews';
import { TargetRow } from '../database/tables';
import { EvaluationBench } from './__testUtils__/EvaluationBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'figures of evaluations on %s',
  databaseId => {
    let bench: EvaluationBench;

    beforeEach(async () => {
      bench = await EvaluationBench.create(await databases.init(databaseId));
    });
    afterEach(() => bench.stop());

    it('leave their targets as they are, in a paused campaign too', async () => {
      const { campaignId, knex } = bench;
      const all = ['pending', 'prOpen', 'candidate', 'running', 'outOfScope'];
      await bench.targets(...all);
      const evaluation = await bench.start({ size: 10 });
      expect(evaluation).toMatchObject({
        number: 1,
        revisionNumber: 1,
        state: 'running',
        targetCount: 3,
        currency: 'USD',
        figures: { open: 3, passed: 0, outcomes: {}, cost: 0 },
      });
      expect(evaluation.figures.passRate).toBeUndefined();
      await bench.endAll({
        a: { outcome: 'proposed', patch: 'x' },
        b: { outcome: 'noChanges' },
        d: { outcome: 'needsHuman' },
      });
      expect(await bench.states()).toEqual(all);
      const rows = await knex<TargetRow>('targets');
      expect(
        rows.filter(row => row.change_id || row.job_id || row.run_id),
      ).toEqual([]);

      expect(await bench.look(evaluation)).toMatchObject({
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
      });
      const { items } = await listActivity(knex, campaignId, {}, allRows);
      expect(items.map(({ action, message }) => [action, message])).toEqual([
        ['evaluation.finish', 'Evaluation 1 ended: 1 of 3 targets passed'],
        [
          'evaluation.start',
          'Evaluation 1 tries context revision 1 on 3 targets',
        ],
      ]);
    });

    it('count what trials cost, and what gates and judge said of them', async () => {
      const { campaignId, knex } = bench;
      await bench.targets('pending', 'pending', 'pending', 'pending');
      const evaluation = await bench.start({ size: 4 });
      const held = (await bench.queue.claim(4, 'test')).sort((a, b) =>
        a.targetId.localeCompare(b.targetId),
      );
      const review = async (
        index: number,
        round: number,
        outcome: 'accepted' | 'rejected' | 'ask',
        verdict?: 'accept' | 'veto',
      ) =>
        insertReview(knex, await bench.job(held[index].id), {
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
      await bench.end(held[0], 'proposed', { patch: 'patch 0' });
      await bench.end(held[1], 'proposed', {
        patch: 'patch 1',
        approvalRequired: true,
      });
      await bench.end(held[2], 'proposed', { patch: 'patch 2' });
      await bench.queue.fail(held[3], {
        kind: 'verification-failed',
        message: 'Red',
      });
      for (const [index, seconds] of [1, 2, 9, 4].entries()) {
        await knex('jobs')
          .where({ id: held[index].id })
          .update({ started_at: 1_000, finished_at: 1_000 + seconds * 1_000 });
        await bench.pay(evaluation, held[index].id);
      }

      const { figures } = await bench.look(evaluation);
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
      const { items } = await bench.trials(evaluation);
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
      const failed = await bench.trials(evaluation, ['failed', 'stopped']);
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
      expect(await getReviewStatistics(knex, campaignId, allRows)).toEqual([]);
      const { id: jobId, targetId } = held[0];
      expect(await listReviews(knex, targetId, {})).toMatchObject({
        totalItems: 0,
      });
      expect(await listReviews(knex, targetId, { jobId })).toMatchObject({
        items: [{ round: 2 }, { round: 1 }],
      });
    });

    it('are compared target by target, the worse first', async () => {
      const { campaignId, knex } = bench;
      await bench.targets(
        'pending',
        'pending',
        'pending',
        'pending',
        'pending',
      );
      const base = await bench.start({ size: 5 });
      await bench.endAll({
        a: { outcome: 'proposed', patch: 'same' },
        b: { outcome: 'failed' },
        c: { outcome: 'proposed', patch: 'one' },
        d: { outcome: 'proposed', patch: 'gone' },
        e: { outcome: 'proposed' },
      });
      const head = await bench.start({ sameAs: base.id });
      await knex('jobs')
        .where({ run_id: head.id })
        .whereIn(
          'target_id',
          knex('targets').where({ repo_name: 'e' }).select('id'),
        )
        .delete();
      await bench.endAll({
        a: { outcome: 'proposed', patch: 'same' },
        b: { outcome: 'proposed', patch: 'new' },
        c: { outcome: 'proposed', patch: 'other' },
        d: { outcome: 'needsHuman' },
      });
      const request = { base: base.id, head: head.id };
      const comparison = await bench.service.compare(
        campaignId,
        request,
        allRows,
      );
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
      const page = await bench.service.compare(
        campaignId,
        { ...request, offset: 1, limit: 1 },
        allRows,
      );
      expect(page.items.map(({ change }) => change)).toEqual(['better']);
      expect(page.totalItems).toBe(5);
    });
  },
);
