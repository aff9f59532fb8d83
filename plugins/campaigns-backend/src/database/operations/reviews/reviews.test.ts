import { allRows } from '../../../authorization';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Review } from '@skein/plugin-campaigns-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import {
  insertCampaign,
  insertTarget,
} from '../../../jobs/__testUtils__/campaign';
import { databaseNow } from '../../clock';
import { migrate } from '../../migrate';
import { enqueueJob } from '../jobs/enqueueJob';
import { getReviewStatistics } from './getReviewStatistics';
import { insertReview } from './insertReview';
import { listReviews } from './listReviews';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('reviews on %s', databaseId => {
  let knex: Knex;
  let campaign: { campaignId: string; revisionId: string };

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    campaign = await insertCampaign(knex);
  });

  async function insertJob() {
    const targetId = await insertTarget(knex, {
      campaignId: campaign.campaignId,
    });
    const id = await knex.transaction(tx =>
      enqueueJob(tx, { ...campaign, targetId, task: 'transform' }),
    );
    return {
      id,
      campaign_id: campaign.campaignId,
      target_id: targetId,
      revision_id: campaign.revisionId,
    };
  }

  type Look = 'accepted' | 'blocked' | 'vetoed' | 'judged';
  const looks: Record<Look, Pick<Review, 'outcome' | 'findings' | 'judge'>> = {
    accepted: { outcome: 'accepted', findings: [] },
    blocked: {
      outcome: 'rejected',
      findings: [{ gate: 'tests', action: 'block', message: 'x' }],
    },
    vetoed: {
      outcome: 'rejected',
      findings: [],
      judge: {
        verdict: 'veto',
        reasons: [{ reason: 'x' }],
        confidence: 0.5,
        model: 'm',
        promptDigest: 'd',
      },
    },
    judged: {
      outcome: 'accepted',
      findings: [],
      judge: {
        verdict: 'accept',
        reasons: [],
        confidence: 0.5,
        model: 'm',
        promptDigest: 'd',
      },
    },
  };

  /** A job whose patches were looked at with these outcomes. */
  async function reviewed(...outcomes: Look[]) {
    const job = await insertJob();
    let round = 0;
    for (const look of outcomes) {
      round += 1;
      await insertReview(knex, job, {
        patchDigest: `${round}`,
        round,
        ...looks[look],
      });
    }
    return job;
  }

  /** What came of a job's change. */
  async function publish(
    job: { id: string; target_id: string },
    state: 'merged' | 'closed' | 'open',
    edited = false,
  ) {
    const now = databaseNow(knex);
    const changeId = randomUUID();
    await knex('changes').insert({
      id: changeId,
      target_id: job.target_id,
      job_id: job.id,
      revision_id: campaign.revisionId,
      base_commit: 'c',
      patch: '',
      report: '{}',
      files_changed: 0,
      insertions: 0,
      deletions: 0,
      created_at: now,
    });
    await knex('targets')
      .where({ id: job.target_id })
      .update({ change_id: changeId });
    await knex('pull_requests').insert({
      target_id: job.target_id,
      campaign_id: campaign.campaignId,
      repo_host: 'h',
      repo_owner: 'o',
      repo_name: 'n',
      number: 1,
      url: 'u',
      title: 't',
      state,
      draft: false,
      head_branch: 'b',
      head_sha: 's',
      base_branch: 'main',
      checks: 'none',
      review: 'none',
      reviewers: '[]',
      mergeable: 'clean',
      human_commits: edited,
      opened_at: now,
      pushed_sha: 's',
      synced_at: now,
      changed_at: now,
    });
  }

  it('counts by revision what gates, judge and people said', async () => {
    await publish(await reviewed('judged'), 'merged');
    await publish(await reviewed('vetoed', 'judged'), 'merged', true);
    await publish(await reviewed('blocked', 'accepted'), 'closed');
    await publish(await reviewed('accepted'), 'open');
    await reviewed('vetoed', 'vetoed');
    await reviewed('accepted', 'blocked');

    expect(
      await getReviewStatistics(knex, campaign.campaignId, allRows),
    ).toEqual([
      {
        revisionId: campaign.revisionId,
        revisionNumber: 1,
        reviewed: 6,
        blocked: 1,
        judged: 3,
        vetoed: 2,
        recovered: 1,
        people: { mergedAsIs: 1, mergedEdited: 1, closed: 1 },
      },
    ]);
  });

  it('has nothing to say of a revision of which nothing was looked at', async () => {
    expect(
      await getReviewStatistics(knex, campaign.campaignId, allRows),
    ).toEqual([]);
  });

  it('keeps the first of two looks at a patch, and lists them in pages', async () => {
    const job = await reviewed('blocked', 'vetoed', 'judged');
    const again = await insertReview(knex, job, {
      patchDigest: '1',
      round: 4,
      ...looks.accepted,
    });
    expect(again).toMatchObject({ round: 1, outcome: 'rejected' });

    const page = await listReviews(knex, job.target_id, { limit: 2 });
    expect(page.totalItems).toBe(3);
    const rest = await listReviews(knex, job.target_id, { offset: 2 });
    const all = [...page.items, ...rest.items];
    expect(all.map(({ round }) => round).sort()).toEqual([1, 2, 3]);
    expect(all).toContainEqual(
      expect.objectContaining({
        targetId: job.target_id,
        judge: looks.vetoed.judge,
      }),
    );
  });
});
