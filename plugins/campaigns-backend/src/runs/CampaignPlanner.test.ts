import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  CampaignSpec,
  defaultGates,
  defaultJudge,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { allRows } from '../authorization';
import { CampaignLifecycle } from '../campaigns/CampaignLifecycle';
import { ownSchemas } from '../schemas';
import { CampaignService } from '../campaigns/CampaignService';
import { CampaignChanges } from '../changes/CampaignChanges';
import { migrate } from '../database/migrate';
import { applyScope } from '../database/operations/targets/applyScope';
import { CampaignRow, TargetRow } from '../database/tables';
import { ScopeDecision } from '../scope';
import { TargetActions } from '../targets/TargetActions';
import { CampaignPlanner } from './CampaignPlanner';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const alice = 'user:default/alice';

const spec: CampaignSpec = {
  apiVersion: 'skein/v1',
  kind: 'Campaign',
  name: 'retire-users',
  title: 'Retire users',
  owner: 'group:default/platform',
  datasets: [
    {
      from: 'acme.user_data.users_v1',
      to: 'acme.user_data.users_v2',
      mapping: {
        from: 'acme.user_data.users_v1',
        to: 'acme.user_data.users_v2',
        columns: [],
      },
    },
  ],
  scope: { codeSearch: [], frameworks: {}, repositories: {} },
  transform: [{ mapping: {} }],
  verification: {
    baseline: 'required',
    unverified: 'skip',
    timeoutMinutes: 10,
  },
  gates: defaultGates,
  judge: defaultJudge,
  rollout: {
    waves: [
      { name: 'canary', size: 2 },
      { name: 'everyone', share: 1 },
    ],
    concurrency: 3,
    openPullRequests: 10,
    failureThreshold: 0.4,
    approval: 'required',
    separateApprover: false,
  },
  pullRequest: {
    title: 'Move',
    labels: [],
    draft: false,
    branchPrefix: 'skein',
  },
};

function decision(
  name: string,
  more: Partial<ScopeDecision> = {},
): ScopeDecision {
  return {
    repository: { host: 'github.com', owner: 'acme', name },
    path: '',
    framework: 'dbt',
    decision: 'in',
    reason: 'Reads it',
    reasons: [],
    ...more,
  };
}

describe.each(databases.eachSupportedId())('a campaign on %s', id => {
  let knex: Knex;
  let campaignId: string;
  let lifecycle: CampaignLifecycle;
  const planners: CampaignPlanner[] = [];

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    const changes = new CampaignChanges();
    lifecycle = new CampaignLifecycle({ knex, changes });
    const campaigns = new CampaignService({
      knex,
      changes,
      schemas: ownSchemas,
      appBaseUrl: 'http://portal',
    });
    campaignId = (await campaigns.create({ spec }, alice)).id;
  });

  afterEach(async () => {
    await Promise.all(planners.splice(0).map(started => started.stop()));
  });

  function planner(): CampaignPlanner {
    const started = CampaignPlanner.start({
      knex,
      // Nobody tells it: the test says when to plan.
      changes: new CampaignChanges(),
      logger: mockServices.logger.mock(),
      sweepMilliseconds: 1_000_000,
    });
    planners.push(started);
    return started;
  }

  async function scope(decisions: ScopeDecision[]) {
    const result = await knex.transaction(async tx => {
      const row = await tx<CampaignRow>('campaigns').first();
      return applyScope(tx, row!, decisions);
    });
    await knex('campaigns').update({ scope_state: 'ready' });
    return result;
  }

  async function states(): Promise<Record<string, string>> {
    const rows = await knex<TargetRow>('targets').orderBy('repo_name');
    return Object.fromEntries(rows.map(row => [row.repo_name, row.state]));
  }

  async function setState(wave: string, update: Partial<TargetRow>) {
    await knex('targets').where({ wave }).update(update);
  }

  it('keeps what a person decided when the scope is computed again', async () => {
    await scope([
      decision('a'),
      decision('b', { decision: 'out', reason: 'Only a comment' }),
      decision('c', { decision: 'unsure', reason: 'Could be' }),
      decision('d'),
    ]);
    expect(await states()).toEqual({
      a: 'pending',
      b: 'outOfScope',
      c: 'candidate',
      d: 'pending',
    });
    await knex('targets')
      .where({ repo_name: 'b' })
      .update({ state: 'pending', decided_by_person: true });

    const result = await scope([
      decision('a', { decision: 'out', reason: 'Moved by itself' }),
      decision('b', { decision: 'out', reason: 'Only a comment' }),
      decision('c'),
      decision('e'),
    ]);
    expect(await states()).toEqual({
      a: 'outOfScope',
      b: 'pending',
      c: 'pending',
      e: 'pending',
    });
    expect(result.changes.map(({ kind }) => kind)).toEqual([
      'changed',
      'changed',
      'came',
      'went',
    ]);
  });

  it('asks a person about consumers that appear after the launch', async () => {
    await scope([decision('a')]);
    await lifecycle.launch(campaignId, 1, alice);
    await scope([decision('a'), decision('new')]);
    expect(await states()).toEqual({ a: 'pending', new: 'candidate' });
  });

  it('goes wave by wave, in one run each', async () => {
    await scope(['a', 'b', 'c', 'd', 'e'].map(name => decision(name)));
    await lifecycle.launch(campaignId, 5, alice);
    const planning = planner();

    await planning.plan(campaignId);
    const first = await knex<TargetRow>('targets').where({ state: 'queued' });
    expect(first.map(({ wave }) => wave)).toEqual(['canary', 'canary']);
    expect(await knex('jobs').where({ state: 'queued' })).toHaveLength(2);

    await setState('canary', { state: 'proposed' });
    await planning.plan(campaignId);
    expect(await knex('runs')).toHaveLength(1);

    await setState('canary', { state: 'prOpen' });
    await planning.plan(campaignId);
    const runs = await knex('runs').orderBy('number');
    expect(runs).toMatchObject([
      { kind: 'wave', wave: 'canary', state: 'finished', target_count: 2 },
      { kind: 'wave', wave: 'everyone', state: 'running', target_count: 3 },
    ]);
    expect(
      await knex('targets').where({ state: 'queued', wave: 'everyone' }),
    ).toHaveLength(3);
  });

  it('comes to one plan where several replicas plan at once', async () => {
    await scope(['a', 'b', 'c', 'd', 'e'].map(name => decision(name)));
    await lifecycle.launch(campaignId, 5, alice);
    const replicas = [planner(), planner(), planner()];
    await Promise.all(
      [...replicas, ...replicas].map(replica => replica.plan(campaignId)),
    );
    expect(await knex('runs')).toHaveLength(1);
    expect(await knex('jobs')).toHaveLength(2);
  });

  it('pauses itself where a wave fails, and goes on when a person resumes', async () => {
    await scope(['a', 'b', 'c'].map(name => decision(name)));
    await lifecycle.launch(campaignId, 3, alice);
    const planning = planner();
    await planning.plan(campaignId);
    await setState('canary', { state: 'failed', failure_kind: 'timeout' });
    await planning.plan(campaignId);

    const paused = await knex<CampaignRow>('campaigns').first();
    expect(paused).toMatchObject({ state: 'paused' });
    expect(paused!.state_reason).toContain("wave 'canary' failed");

    await lifecycle.resume(campaignId, alice);
    await planning.plan(campaignId);
    expect(
      await knex('targets').where({ wave: 'everyone', state: 'queued' }),
    ).toHaveLength(1);
  });

  it('stops its jobs when cancelled, and starts no more', async () => {
    await scope(['a', 'b', 'c'].map(name => decision(name)));
    await lifecycle.launch(campaignId, 3, alice);
    const planning = planner();
    await planning.plan(campaignId);
    await lifecycle.cancel(campaignId, 'Wrong table', alice);
    await planning.plan(campaignId);

    const stopped = await knex<TargetRow>('targets').where({
      state: 'stopped',
    });
    expect(stopped.map(({ state_reason: reason }) => reason)).toEqual([
      'The campaign was cancelled: Wrong table',
      'The campaign was cancelled: Wrong table',
    ]);
    expect(await knex('jobs').where({ state: 'queued' })).toEqual([]);
  });

  it('is complete when all in scope are verified or need nothing', async () => {
    await scope(['a', 'b'].map(name => decision(name)));
    await lifecycle.launch(campaignId, 2, alice);
    await knex('targets').where({ repo_name: 'a' }).update('state', 'verified');
    await knex('targets')
      .where({ repo_name: 'b' })
      .update('state', 'noChanges');
    await planner().plan(campaignId);
    expect(await knex('campaigns').first()).toMatchObject({
      state: 'completed',
    });
    const entry = await knex('activity').orderBy('id', 'desc').first();
    expect(entry).toMatchObject({
      actor: 'skein',
      action: 'campaign.complete',
    });
  });

  it('goes past a wave that has no target', async () => {
    await scope([decision('a')]);
    await lifecycle.launch(campaignId, 1, alice);
    await knex('targets').update({ wave: 'everyone', wave_index: 1 });
    const planning = planner();
    await planning.plan(campaignId);
    await planning.plan(campaignId);
    expect(await states()).toEqual({ a: 'queued' });
    expect(await knex('runs').orderBy('number')).toMatchObject([
      { wave: 'canary', target_count: 0 },
      { wave: 'everyone', target_count: 1 },
    ]);
  });

  it('takes up a completed campaign again where a target drifted back, and lets it be retried', async () => {
    await scope([decision('a')]);
    await lifecycle.launch(campaignId, 1, alice);
    await knex('targets').update({ state: 'verified' });
    await planner().plan(campaignId);
    const stateOf = async () => (await knex('campaigns').first()).state;
    expect(await stateOf()).toBe('completed');

    // Nobody tells: a replica that is gone stored what its scan found.
    await knex('targets').update({ state: 'driftedBack' });
    planner();
    while ((await stateOf()) !== 'active') {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    expect(
      await knex('activity').where({ action: 'campaign.reopen' }),
    ).toMatchObject([
      { message: expect.stringContaining('reads the old dataset again') },
    ]);

    const [{ id: targetId }] = await knex<TargetRow>('targets');
    const actions = new TargetActions({ knex, changes: new CampaignChanges() });
    expect(
      await actions.retry({
        campaignId,
        // Postgres would refuse to compare a name with an id.
        selection: { targetIds: [targetId, 'nobody'] },
        actor: alice,
        readable: allRows,
        allowed: allRows,
      }),
    ).toMatchObject({
      changed: 1,
      skipped: [
        { targetId: 'nobody', reason: 'Not a target of this campaign' },
      ],
    });
    await planner().plan(campaignId);
    expect(await states()).toEqual({ a: 'queued' });
  });
});
