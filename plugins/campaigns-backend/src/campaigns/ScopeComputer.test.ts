import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { allRows } from '../authorization';
import { until } from '../__testUtils__/until';
import { CampaignChanges } from '../changes/CampaignChanges';
import { databaseNow } from '../database/clock';
import { migrate } from '../database/migrate';
import { listScopeChanges } from '../database/operations/scope/listScopeChanges';
import { listSnapshots } from '../database/operations/scope/listSnapshots';
import { CampaignRow, TargetRow } from '../database/tables';
import { insertCampaign } from '../jobs/__testUtils__/campaign';
import { ScopeDecision, ScopeService } from '../scope';
import { CampaignLifecycle } from './CampaignLifecycle';
import { ScopeComputer } from './ScopeComputer';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const place = (
  name: string,
  more: Partial<ScopeDecision> = {},
): ScopeDecision => ({
  repository: { host: 'h', owner: 'acme', name },
  path: '',
  framework: 'dbt',
  decision: 'in',
  reason: 'Reads it',
  reasons: [],
  ...more,
});

describe.each(databases.eachSupportedId())('scopes on %s', databaseId => {
  let knex: Knex;
  let changes: CampaignChanges;
  let campaignId: string;
  let found: ScopeDecision[] | Error;
  let computer: ScopeComputer | undefined;
  let computations: number;

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    changes = new CampaignChanges();
    ({ campaignId } = await insertCampaign(knex));
    await knex('campaigns').update({ state: 'draft' });
    computations = 0;
  });
  afterEach(async () => {
    await computer?.stop();
    computer = undefined;
  });

  function start(refreshMilliseconds?: number) {
    computer = ScopeComputer.start({
      knex,
      changes,
      logger: mockServices.logger.mock(),
      refreshMilliseconds,
      scopes: {
        async compute() {
          computations += 1;
          if (found instanceof Error) throw found;
          return { decisions: found, notices: ['One source was asleep'] };
        },
      } as Partial<ScopeService> as ScopeService,
    });
  }

  const campaign = async () => (await knex<CampaignRow>('campaigns').first())!;

  /** Computes a scope as a person asks for it. */
  async function refresh(decisions: ScopeDecision[]) {
    found = decisions;
    if (!computer) start();
    const before = computations;
    await new CampaignLifecycle({ knex, changes }).refreshScope(
      campaignId,
      'user:default/ada',
    );
    await until(async () => computations > before);
    await until(async () => (await campaign()).scope_state === 'ready');
  }
  const drift = async () =>
    (await listScopeChanges(knex, campaignId, {}, allRows)).items.map(
      ({ kind, repository, snapshotNumber }) =>
        `${snapshotNumber} ${kind} ${repository.name}`,
    );

  it('keeps each snapshot, and what came, went and changed since', async () => {
    await refresh([place('a'), place('b', { decision: 'unsure' })]);
    await refresh([
      place('a', { ownerRef: 'group:default/new-owner' }),
      place('c'),
    ]);
    await refresh([place('a', { ownerRef: 'group:default/new-owner' })]);

    const { items, totalItems } = await listSnapshots(
      knex,
      campaignId,
      {
        limit: 2,
      },
      allRows,
    );
    expect(totalItems).toBe(3);
    expect(items).toMatchObject([
      { number: 3, inScope: 1, came: 0, went: 1, changed: 0 },
      {
        number: 2,
        inScope: 2,
        unsure: 0,
        came: 1,
        went: 1,
        changed: 1,
        notices: ['One source was asleep'],
      },
    ]);
    expect(await drift()).toEqual([
      '3 went c',
      '2 went b',
      '2 came c',
      '2 changed a',
    ]);
    const changed = await listScopeChanges(
      knex,
      campaignId,
      { kinds: ['changed'] },
      allRows,
    );
    expect(changed.items).toMatchObject([
      {
        before: { decision: 'in' },
        after: { ownerRef: 'group:default/new-owner' },
        targetId: expect.any(String),
      },
    ]);
  });

  it('tells of changes only where a person may read the target', async () => {
    await refresh([place('a')]);
    await refresh([place('a'), place('b'), place('c')]);
    const readable = await listScopeChanges(knex, campaignId, {}, query =>
      query.where({ repo_name: 'b' }),
    );
    expect(readable.items.map(({ repository }) => repository.name)).toEqual([
      'b',
    ]);
    expect(readable.totalItems).toBe(1);
  });

  it('raises a notice for consumers that appear after the launch', async () => {
    await refresh([place('a')]);
    await knex('campaigns').update({ state: 'active' });
    await refresh([
      place('a'),
      place('new'),
      place('maybe', { decision: 'unsure' }),
      place('not', { decision: 'out' }),
    ]);
    const newcomers = await knex<TargetRow>('targets')
      .where({ newcomer: true, state: 'candidate' })
      .orderBy('repo_name');
    expect(newcomers.map(row => row.repo_name)).toEqual(['maybe', 'new']);
    expect(await knex('activity').pluck('message')).toContain(
      '2 consumers have appeared since the launch: a person decides',
    );
  });

  it('looks again at a verified target for which something new speaks', async () => {
    await refresh([place('a'), place('b')]);
    await knex('campaigns').update({ state: 'active' });
    await knex('targets').update({ state: 'verified' });
    await refresh([place('b')]);
    expect(await knex('jobs')).toEqual([]);

    await refresh([place('a'), place('b')]);
    const [job, ...others] = await knex('jobs');
    const target = await knex('targets').where({ repo_name: 'a' }).first();
    expect(job).toMatchObject({ task: 'scan', target_id: target.id });
    expect(others).toEqual([]);
  });

  it('computes the scope of a running campaign again by itself, not that of a draft', async () => {
    await refresh([place('a')]);
    await computer!.stop();
    found = [place('a'), place('b')];
    const longAgo = knex.raw('scope_computed_at - 3600000');
    await knex('campaigns').update({
      state: 'draft',
      scope_computed_at: longAgo,
    });
    const before = computations;
    start(60_000);
    await computer!.stop();
    expect(computations).toBe(before);

    await knex('campaigns').update({ state: 'active' });
    start(60_000);
    await until(async () => (await drift()).includes('2 came b'));
  });

  it('waits for its next time after a computation that failed', async () => {
    found = new Error('The forge is down');
    start(3_600_000);
    await knex('campaigns').update({
      state: 'active',
      scope_state: 'computing',
      scope_next_at: databaseNow(knex),
    });
    changes.notify({ campaignId });
    await until(async () => (await campaign()).scope_state === 'failed');
    const row = await campaign();
    expect(row.scope_message).toBe('The forge is down');
    expect(Number(row.scope_next_at)).toBeGreaterThan(
      Number(row.created_at) + 3_000_000,
    );

    found = [place('a')];
    await knex('campaigns').update({ scope_next_at: databaseNow(knex) });
    changes.notify({ campaignId });
    await until(async () => (await campaign()).scope_state === 'ready');
  });
});
