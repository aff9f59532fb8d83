import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  DefaultEventsService,
  EventsService,
} from '@backstage/plugin-events-node';
import { NotAllowedError } from '@backstage/errors';
import { FORGE_EVENTS_TOPIC } from '@skein/plugin-campaigns-node';
import { PublishingBench } from '../__testUtils__/PublishingBench';
import { WebhookReceiver } from '../__testUtils__/WebhookReceiver';
import { rollBackTargets } from '../database/operations/rollbacks/rollBackTargets';
import { JobQueue } from '../queue';
import { Sync, SyncOptions } from '.';

const never = { shortest: 3_600_000, longest: 3_600_000 };
const always = { shortest: 20, longest: 20 };
const branch = 'skein/retire-users/root';
const pull = { owner: 'acme', repo: 'warehouse', pull_number: 1 };

describe('Sync', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', id => {
    let bench: PublishingBench;
    let events: EventsService;
    let receiver: WebhookReceiver;
    let syncs: Sync[];
    let targetId: string;

    beforeEach(async () => {
      bench = await PublishingBench.start(await databases.init(id));
      events = DefaultEventsService.create({
        logger: mockServices.logger.mock(),
        useEventBus: 'never',
      });
      receiver = await WebhookReceiver.start(events);
      syncs = [];
      await bench.createRepository('warehouse', { 'a.sql': 'select 1\n' });
      targetId = await bench.planTarget('warehouse', {
        'a.sql': 'select 2\n',
      });
      const publisher = bench.startPublisher();
      await bench.untilState(targetId, 'prOpen');
      await publisher.stop();
    });
    afterEach(async () => {
      await Promise.all(syncs.map(sync => sync.stop()));
      await receiver.stop();
      await bench.stop();
    });

    const start = async (options: Partial<SyncOptions> = {}) => {
      const sync = await Sync.start({
        knex: bench.knex,
        forges: bench.forges,
        changes: bench.changes,
        events,
        logger: bench.logger,
        intervals: never,
        idleMilliseconds: 20,
        ...options,
      });
      syncs.push(sync);
      return sync;
    };
    const row = async () =>
      bench.knex('pull_requests').where({ target_id: targetId }).first();
    const looked = () =>
      bench.until(
        async () => Number((await row()).next_sync_at) > Date.now() + 1_000_000,
      );
    const webhooks = () =>
      bench.local.admin.createWebhook({ target: 'acme', url: receiver.url });
    const scans = () =>
      bench.knex('jobs').where({ target_id: targetId, task: 'scan' });

    it('sees a merge by its webhook, and has the merged code scanned', async () => {
      webhooks();
      await start();
      await looked();
      await bench.alice.rest.pulls.merge(pull);
      await bench.untilState(targetId, 'merged');
      const pullRequest = await bench.pullRequest(targetId);
      expect(pullRequest).toMatchObject({
        state: 'merged',
        mergeCommit: await bench.branch('warehouse', 'main'),
        humanCommits: false,
      });
      expect(pullRequest?.mergedAt).toBeDefined();
      await bench.until(async () => (await scans()).length === 1);
      const activity = await bench.knex('activity').orderBy('id');
      expect(activity.map(entry => entry.action)).toEqual([
        'target.open',
        'target.merged',
      ]);
    });

    it('comes to the same end where webhooks are lost', async () => {
      await start({ intervals: always });
      await bench.alice.rest.pulls.merge(pull);
      await bench.untilState(targetId, 'merged');
      expect(await scans()).toHaveLength(1);
    });

    it('comes to the same end where webhooks come twice and out of order', async () => {
      webhooks();
      bench.local.behaviour.set({
        webhooks: {
          duplicate: { next: 0, rate: 1 },
          reorder: { next: 0, rate: 0.7 },
        },
      });
      await start();
      await looked();
      await bench.alice.rest.pulls.update({ ...pull, state: 'closed' });
      await bench.alice.rest.pulls.update({ ...pull, state: 'open' });
      await bench.alice.rest.pulls.merge(pull);
      await bench.untilState(targetId, 'merged');
      await bench.until(async () =>
        receiver.received.some(event => event.type === 'pushed'),
      );
      await bench.until(async () => (await scans()).length > 0);
      expect((await bench.target(targetId)).state).toBe('merged');
      expect(await scans()).toHaveLength(1);
    });

    it('changes nothing where webhooks of before are sent again after a restart', async () => {
      webhooks();
      const first = await start();
      await looked();
      await bench.alice.rest.pulls.update({ ...pull, state: 'closed' });
      await bench.untilState(targetId, 'closed');
      await bench.alice.rest.pulls.update({ ...pull, state: 'open' });
      await bench.untilState(targetId, 'prOpen');
      await bench.alice.rest.pulls.merge(pull);
      await bench.untilState(targetId, 'merged');
      await bench.until(async () =>
        receiver.received.some(event => event.type === 'pushed'),
      );
      await bench.until(async () => (await scans()).length === 1);
      await first.stop();
      await bench.knex('jobs').where({ task: 'scan' }).update({
        state: 'succeeded',
      });
      await bench.knex('targets').update({ state: 'verified' });

      const known = async () => {
        const { state, state_reason } = await bench.target(targetId);
        const activity = await bench.knex('activity').orderBy('id');
        return {
          target: { state, state_reason },
          pullRequest: {
            ...(await bench.pullRequest(targetId)),
            syncedAt: undefined,
          },
          activity: activity.map(entry => entry.action),
        };
      };
      const before = await known();
      await start();
      const { admin } = bench.local;
      const sent = receiver.received.length;
      admin.deliveries().forEach(({ id: delivery }) => {
        admin.redeliver(delivery);
      });
      await bench.until(async () => receiver.received.length >= 2 * sent);
      await looked();

      expect(await known()).toEqual(before);
      // They make us look again, and no more than once at the same time.
      expect(await scans()).toHaveLength(2);
    });

    it('follows a pull request that is closed and opened again', async () => {
      await start({ intervals: always });
      await bench.alice.rest.pulls.update({ ...pull, state: 'closed' });
      expect(await bench.untilState(targetId, 'closed')).toMatchObject({
        state_reason: expect.stringMatching(/closed without being merged/),
      });
      await bench.alice.rest.pulls.update({ ...pull, state: 'open' });
      await bench.untilState(targetId, 'prOpen');
      expect(await bench.pullRequest(targetId)).toMatchObject({
        state: 'open',
        closedAt: undefined,
      });
    });

    it('sees checks, reviews, conflicts, and the commits of people', async () => {
      await start({ intervals: always });
      const { headSha } = (await bench.pullRequest(targetId))!;
      await bench.alice.rest.repos.createCommitStatus({
        owner: 'acme',
        repo: 'warehouse',
        sha: headSha,
        state: 'success',
        context: 'tests',
      });
      await bench.alice.rest.pulls.createReview({
        ...pull,
        event: 'REQUEST_CHANGES',
        body: 'No',
      });
      await bench.edit('warehouse', 'a.sql', 'select 3\n');
      await bench.until(async () => {
        const seen = await bench.pullRequest(targetId);
        return (
          seen?.checks === 'passing' &&
          seen.review === 'changesRequested' &&
          seen.mergeable === 'conflict'
        );
      });
      expect(await bench.pullRequest(targetId)).toMatchObject({
        humanCommits: false,
      });
      await bench.edit('warehouse', 'b.sql', 'select 4\n', branch);
      await bench.until(
        async () => (await bench.pullRequest(targetId))!.humanCommits,
      );
    });

    it('asks for many pull requests in one query', async () => {
      for (const name of ['one', 'two', 'three']) {
        await bench.createRepository(name, { 'a.sql': 'select 1\n' });
        await bench.planTarget(name, { 'a.sql': 'select 2\n' });
      }
      const publisher = bench.startPublisher();
      await bench.until(
        async () => (await bench.knex('pull_requests')).length === 4,
      );
      await publisher.stop();
      const ask = jest.spyOn(bench.forge, 'getPullRequests');
      await start();
      await bench.until(async () => {
        const rows = await bench.knex('pull_requests');
        return rows.every(
          each => Number(each.next_sync_at) > Date.now() + 1_000_000,
        );
      });
      expect(ask).toHaveBeenCalledTimes(1);
      expect(ask.mock.calls[0][0]).toHaveLength(4);
    });

    it('sees the pull requests of one owner where those of another cannot be read', async () => {
      const other = await bench.insertTarget('other', '');
      await bench.knex('pull_requests').insert({
        ...(await row()),
        target_id: other,
        repo_owner: 'suspended',
        next_sync_at: 1,
      });
      const { forge } = bench;
      const ask = forge.getPullRequests.bind(forge);
      jest.spyOn(forge, 'getPullRequests').mockImplementation(async wanted => {
        if (wanted.some(each => each.repository.owner === 'suspended')) {
          throw new NotAllowedError('This installation has been suspended');
        }
        return ask(wanted);
      });
      await bench.alice.rest.pulls.merge(pull);
      await start({ intervals: always });
      await bench.untilState(targetId, 'merged');
      expect((await bench.target(other)).state).toBe('approved');
    });

    it('believes a merge that came before its rollback', async () => {
      await bench.alice.rest.pulls.merge(pull);
      await bench.knex.transaction(tx =>
        rollBackTargets(tx, [targetId], 'Wrong mapping'),
      );
      await start({ intervals: always });
      await bench.untilState(targetId, 'merged');
      expect(await scans()).toHaveLength(1);
    });

    it('looks again where an event came during a look', async () => {
      let release = () => {};
      const ask = jest.spyOn(bench.forge, 'getPullRequests');
      const before = await bench.forge.getPullRequests([
        {
          repository: { host: bench.host, owner: 'acme', name: 'warehouse' },
          number: 1,
        },
      ]);
      const asked = new Promise<void>(resolve => {
        ask.mockImplementationOnce(async () => {
          resolve();
          await new Promise<void>(proceed => {
            release = proceed;
          });
          return before;
        });
      });
      await start();
      await asked;
      await bench.alice.rest.pulls.merge(pull);
      await events.publish({
        topic: FORGE_EVENTS_TOPIC,
        eventPayload: {
          type: 'pullRequestChanged',
          repository: { host: bench.host, owner: 'Acme', name: 'WAREHOUSE' },
          number: 1,
        },
      });
      release();
      await bench.untilState(targetId, 'merged');
      expect(ask.mock.calls.length).toBeGreaterThan(1);
    });

    it('does not store an old look over a newer one', async () => {
      let release = () => {};
      const stale = await bench.forge.getPullRequests([
        {
          repository: { host: bench.host, owner: 'acme', name: 'warehouse' },
          number: 1,
        },
      ]);
      const ask = jest.spyOn(bench.forge, 'getPullRequests');
      const asked = new Promise<void>(resolve => {
        ask.mockImplementationOnce(async () => {
          resolve();
          await new Promise<void>(proceed => {
            release = proceed;
          });
          return stale;
        });
      });
      const slow = await start();
      await asked;
      await bench.alice.rest.pulls.update({ ...pull, state: 'closed' });
      await bench.knex('pull_requests').update({ next_sync_at: 1 });
      await start();
      await bench.untilState(targetId, 'closed');
      release();
      await slow.stop();
      expect((await bench.pullRequest(targetId))?.state).toBe('closed');
      expect((await bench.target(targetId)).state).toBe('closed');
    });

    it('waits where the forge is limited or down, and goes on', async () => {
      bench.local.behaviour.set({
        primaryLimit: { limit: 0, windowSeconds: 2, status: 403 },
        graphqlLimit: 0,
      });
      await start({ intervals: always });
      await bench.until(async () => bench.logger.warn.mock.calls.length > 0);
      bench.local.behaviour.reset();
      bench.local.admin.resetCounts();
      await bench.knex('pull_requests').update({ next_sync_at: 1 });
      await bench.alice.rest.pulls.merge(pull);
      await bench.untilState(targetId, 'merged');
      expect(await scans()).toHaveLength(1);
    });

    it('takes a pull request for closed only where the forge has not shown it for an hour', async () => {
      jest.spyOn(bench.forge, 'getPullRequests').mockResolvedValue([]);
      await start({ intervals: always });
      await bench.until(async () => (await row()).missing_since !== null);
      expect((await bench.target(targetId)).state).toBe('prOpen');
      await bench.knex('pull_requests').update({ missing_since: 1 });
      await bench.untilState(targetId, 'closed');
    });

    it('scans merged targets again when their default branch moves', async () => {
      await bench.knex('targets').update({ state: 'verified' });
      webhooks();
      await start();
      await bench.edit('warehouse', 'c.sql', 'select 1');
      await bench.until(async () => (await scans()).length === 1);
      await bench.edit('warehouse', 'c.sql', 'select 2');
      await bench.until(
        async () =>
          receiver.received.filter(event => event.type === 'pushed').length ===
          2,
      );
      // One is waiting already: it will see both.
      expect(await scans()).toHaveLength(1);

      // One that runs may have read the code before.
      await bench.knex('jobs').where({ task: 'scan' }).update({
        state: 'running',
      });
      await bench.edit('warehouse', 'c.sql', 'select 3');
      await bench.until(async () => (await row()).scan_requested_at !== null);
      expect(await scans()).toHaveLength(1);
      await bench.knex('jobs').where({ task: 'scan' }).update({
        state: 'succeeded',
      });
      await bench.until(async () => (await scans()).length === 2);
      expect((await row()).scan_requested_at).toBe(null);
    });

    it('has merged code scanned again some time after a scan failed', async () => {
      await start({ intervals: always });
      await bench.alice.rest.pulls.merge(pull);
      await bench.untilState(targetId, 'merged');
      const queue = JobQueue.create({
        database: bench.knex,
        changes: bench.changes,
      });
      const [job] = await queue.claim(1, 'test');
      await queue.fail(job, { kind: 'timeout', message: 'Too slow' });
      expect(Number((await row()).scan_requested_at)).toBeGreaterThan(
        Date.now() + 1_000_000,
      );
      await bench.knex('pull_requests').update({ scan_requested_at: 1 });
      await bench.until(async () => (await scans()).length === 2);
      expect((await row()).scan_requested_at).toBe(null);
    });

    it('leaves a target alone that was rolled back, and takes no notice of nonsense', async () => {
      await bench.knex('targets').update({ state: 'rolledBack' });
      await bench.alice.rest.pulls.update({ ...pull, state: 'closed' });
      await start({ intervals: always });
      await events.publish({
        topic: FORGE_EVENTS_TOPIC,
        eventPayload: { type: 'pullRequestChanged', repository: 'all' },
      });
      await bench.until(
        async () => (await bench.pullRequest(targetId))?.state === 'closed',
      );
      expect((await bench.target(targetId)).state).toBe('rolledBack');
    });
  });
});
