import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ChangeReport, TargetState } from '@skein/plugin-campaigns-common';
import { FORGE_EVENTS_TOPIC } from '@skein/plugin-campaigns-node';
import { until as waitUntil } from '../__testUtils__/until';
import { PublishingBench } from '../__testUtils__/PublishingBench';
import { insertCiRun } from '../database/operations/ci/insertCiRun';
import { CiRunRow } from '../database/operations/ci/tables';
import { TargetRow } from '../database/tables';
import { TargetActions } from '../targets/TargetActions';
import { allRows } from '../authorization';
import { RemoteCi } from './RemoteCi';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const branch = 'skein-ci/retire-users/root';
const repo = { owner: 'acme', repo: 'warehouse' };

describe.each(databases.eachSupportedId())('remote CI on %s', databaseId => {
  let bench: PublishingBench;
  let ci: RemoteCi | undefined;
  let targetId: string;
  const events = () => mockServices.events.mock();

  beforeEach(async () => {
    bench = await PublishingBench.start(await databases.init(databaseId));
    await bench.createRepository('warehouse', { 'a.sql': 'select 1\n' });
    const row = await bench.knex('campaigns').first();
    await bench.knex('campaigns').update({
      spec: JSON.stringify({
        ...JSON.parse(row.spec),
        verification: { remoteCi: {} },
      }),
    });
    targetId = await bench.insertTarget('warehouse', '');
    await propose({ 'a.sql': 'select 2\n' });
  });
  afterEach(async () => {
    await ci?.stop();
    ci = undefined;
    await bench.stop();
  });

  async function start(
    options: Partial<Parameters<typeof RemoteCi.start>[0]> = {},
  ) {
    const { knex, forges, mirrors, changes, logger } = bench;
    ci = await RemoteCi.start({
      knex,
      forges,
      mirrors,
      changes,
      logger,
      events: events(),
      governor: bench.governor(),
      settleMilliseconds: 0,
      idleMilliseconds: 20,
      firstLookMilliseconds: 20,
      ...options,
    });
  }

  const target = async (): Promise<TargetRow> =>
    (await bench.knex<TargetRow>('targets').where({ id: targetId }).first())!;
  const runs = () => bench.knex<CiRunRow>('ci_runs').orderBy('created_at');
  const report = async (): Promise<ChangeReport> => {
    const { change_id: id } = await target();
    return JSON.parse(
      (await bench.knex('changes').where({ id }).first()).report,
    );
  };

  /** A job of the target left a change that CI has to decide about. */
  async function propose(files: Record<string, string>) {
    await bench.storeChange(targetId, 'warehouse', files);
    const { change_id: changeId } = await target();
    await bench.knex('targets').update({ state: 'verifying' });
    await bench.knex.transaction(tx => insertCiRun(tx, targetId, changeId!));
    bench.changes.notify({ campaignId: bench.campaignId, targetId });
  }

  const until = (condition: () => Promise<boolean>) =>
    waitUntil(condition, async () => [await target(), await runs()]);
  const untilState = (state: TargetState) =>
    until(async () => (await target()).state === state);
  const untilDone = () =>
    until(async () => (await runs()).every(({ state }) => state === 'done'));

  const headOf = () => bench.branch('warehouse', branch);

  /** What a CI does for the branch that it sees. */
  async function reportStatus(state: 'success' | 'failure', context = 'build') {
    await until(async () => (await headOf()) !== undefined);
    await bench.alice.rest.repos.createCommitStatus({
      ...repo,
      sha: (await headOf())!,
      state,
      context,
      description: `a.sql:1: syntax ${state}`,
      target_url: 'http://ci.example.com/7',
    });
  }

  it('proposes a change whose checks passed, and leaves no branch', async () => {
    await start();
    await reportStatus('success');
    await untilState('proposed');
    await untilDone();
    expect(await headOf()).toBeUndefined();
    expect((await report()).verification).toContainEqual(
      expect.objectContaining({
        name: 'CI: build',
        source: 'ci',
        outcome: 'passed',
        url: 'http://ci.example.com/7',
      }),
    );
  });

  it('proposes nothing that failed, and says what', async () => {
    await start({ settleMilliseconds: 3_600_000 });
    await reportStatus('success', 'lint');
    await until(async () => (await runs())[0].seen === '["lint"]');
    await reportStatus('failure');
    await untilState('failed');
    await untilDone();
    expect(await target()).toMatchObject({
      failure_kind: 'ci-failed',
      state_reason: "The repository's CI failed: build",
    });
    const failed = (await report()).verification.find(
      ({ name }) => name === 'CI: build',
    );
    expect(failed).toMatchObject({ outcome: 'failed' });
    expect(failed!.errors).not.toEqual([]);
    expect(await headOf()).toBeUndefined();
  });

  it('looks at once when the forge says that something moved', async () => {
    let tell: (payload: unknown) => Promise<void> = async () => {};
    const mock = events();
    mock.subscribe.mockImplementation(async ({ topics, onEvent }) => {
      expect(topics).toEqual([FORGE_EVENTS_TOPIC]);
      tell = eventPayload =>
        onEvent({ topic: FORGE_EVENTS_TOPIC, eventPayload }) as Promise<void>;
    });
    await start({ firstLookMilliseconds: 3_600_000, events: mock });
    await reportStatus('success');
    await until(async () => (await runs())[0].state === 'waiting');
    await tell({
      type: 'pullRequestChanged',
      repository: { host: bench.host, owner: 'acme', name: 'warehouse' },
    });
    await untilState('proposed');
  });

  it('goes on after a crash without pushing twice', async () => {
    await start();
    await until(async () => (await runs())[0].state === 'waiting');
    const pushed = await headOf();
    await ci!.stop();
    // As if the process had died between push and writing it down.
    await bench.knex('ci_runs').update({ state: 'planned', next_at: 0 });
    await start();
    await until(async () => (await runs())[0].state === 'waiting');
    expect(await headOf()).toBe(pushed);
  });

  it('cleans up after a target that a person stopped', async () => {
    await start();
    await until(async () => (await runs())[0].state === 'waiting');
    await new TargetActions({ knex: bench.knex, changes: bench.changes }).stop({
      campaignId: bench.campaignId,
      selection: { targetIds: [targetId] },
      actor: 'user:default/ada',
      readable: allRows,
      allowed: allRows,
    });
    expect((await target()).state).toBe('stopped');
    await untilDone();
    expect(await headOf()).toBeUndefined();
  });

  it("never overwrites somebody else's branch of that name", async () => {
    const main = await bench.alice.rest.git.getRef({
      ...repo,
      ref: 'heads/main',
    });
    const { sha } = main.data.object;
    await bench.alice.rest.git.createRef({
      ...repo,
      ref: `refs/heads/${branch}`,
      sha,
    });
    await start();
    await untilState('failed');
    expect((await target()).state_reason).toMatch(
      /holds a commit that is not ours/,
    );
    await untilDone();
    expect(await headOf()).toBe(sha);
  });

  it('replaces what an earlier change left on the branch', async () => {
    await start();
    await until(async () => (await runs())[0].state === 'waiting');
    const first = await headOf();
    await ci!.stop();
    await bench.knex('ci_runs').update({ next_at: null });
    await propose({ 'a.sql': 'select 3\n' });
    await start();
    await until(async () => ![first, undefined].includes(await headOf()));
    await reportStatus('success');
    await untilState('proposed');
    expect(await headOf()).not.toBe(first);
  });
});
