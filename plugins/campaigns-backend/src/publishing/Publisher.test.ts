import { TestDatabases } from '@backstage/backend-test-utils';
import { ForgeRateLimitError } from '@skein/plugin-campaigns-node';
import { PublishingBench } from '../__testUtils__/PublishingBench';
import { PublishingStep } from './PublishingOptions';

const lines = Array.from({ length: 20 }, (_, index) => `line ${index}\n`);
const original = lines.join('');
const changed = original.replace('line 10', 'LINE TEN');

describe('Publisher', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', id => {
    let bench: PublishingBench;

    beforeEach(async () => {
      bench = await PublishingBench.start(await databases.init(id));
      await bench.createRepository('warehouse', {
        'dbt/a.sql': original,
        '.github/CODEOWNERS': '/dbt/ @alice\n',
      });
    });
    afterEach(async () => {
      await bench.stop();
    });

    const plan = () =>
      bench.planTarget('warehouse', { 'dbt/a.sql': changed }, { path: 'dbt' });

    /** Runs a publisher that crashes after a step, and is gone then. */
    const crashAfter = async (targetId: string, step: PublishingStep) => {
      const publisher = bench.startPublisher({
        onStep: at => {
          if (at === step) throw new Error('crash');
        },
        retryMilliseconds: 3_600_000,
      });
      await bench.until(
        async () => (await bench.publication(targetId)).attempts === 1,
      );
      await publisher.stop();
      await bench.knex('publications').update({ next_at: 1 });
    };

    it('opens a pull request that says where it comes from, and asks the code owners', async () => {
      const targetId = await plan();
      bench.startPublisher();
      await bench.untilState(targetId, 'prOpen');

      const { data } = await bench.alice.rest.pulls.get({
        owner: 'acme',
        repo: 'warehouse',
        pull_number: 1,
      });
      expect(data).toMatchObject({
        title: 'Move dbt to user_data.users_v2',
        head: { ref: 'skein/retire-users/dbt' },
        base: { ref: 'main' },
        user: { login: 'skein[bot]' },
        changed_files: 1,
        commits: 1,
      });
      expect(data.labels.map(label => label.name)).toEqual(['skein']);
      expect(data.requested_reviewers?.map(user => user.login)).toEqual([
        'alice',
      ]);
      const commit = await bench.alice.rest.git.getCommit({
        owner: 'acme',
        repo: 'warehouse',
        commit_sha: data.head.sha,
      });
      expect(commit.data.author.name).toBe('skein[bot]');
      expect(commit.data.message).toMatch(
        new RegExp(
          `^Move dbt to user_data.users_v2\n\n[^]*\nSkein-Campaign: retire-users\nSkein-Revision: 2 \\(abcdef012345\\)\nSkein-Target: ${targetId}\\s*$`,
        ),
      );
      expect(await bench.pullRequest(targetId)).toMatchObject({
        number: 1,
        state: 'open',
        headSha: data.head.sha,
        humanCommits: false,
      });
      expect(await bench.publication(targetId)).toMatchObject({
        state: 'opened',
        pr_number: 1,
        head_sha: data.head.sha,
      });
      expect((await bench.target(targetId)).expected_at).toBe(null);
      expect(bench.leftovers()).toEqual([]);
    });

    it.each<PublishingStep>(['branch-pushed', 'pull-request-created'])(
      'finds its own work again after a crash at %s',
      async step => {
        const targetId = await plan();
        await crashAfter(targetId, step);
        const before = await bench.branch(
          'warehouse',
          'skein/retire-users/dbt',
        );
        expect(before).toBeDefined();
        await bench.edit('warehouse', 'other.md', 'The branch moved');

        bench.startPublisher();
        await bench.untilState(targetId, 'prOpen');
        expect(await bench.pulls('warehouse')).toHaveLength(1);
        expect(await bench.branch('warehouse', 'skein/retire-users/dbt')).toBe(
          before,
        );
        expect((await bench.publication(targetId)).last_error).toBe(null);
      },
    );

    it('adopts a pull request that was opened, changed by a person and merged while it was down', async () => {
      const targetId = await plan();
      await crashAfter(targetId, 'pull-request-created');
      await bench.edit(
        'warehouse',
        'dbt/mine.sql',
        'select 1',
        'skein/retire-users/dbt',
      );

      bench.startPublisher();
      await bench.untilState(targetId, 'prOpen');
      expect(await bench.pulls('warehouse')).toHaveLength(1);
    });

    it('opens each once where two publishers race for many', async () => {
      const targetIds = [];
      for (let index = 0; index < 4; index++) {
        await bench.createRepository(`repo-${index}`, { 'a.sql': original });
        targetIds.push(
          await bench.planTarget(`repo-${index}`, { 'a.sql': changed }),
        );
      }
      bench.startPublisher();
      bench.startPublisher();
      for (const [index, targetId] of targetIds.entries()) {
        await bench.untilState(targetId, 'prOpen');
        expect(await bench.pulls(`repo-${index}`)).toHaveLength(1);
      }
    });

    it('opens one where its lease ran out in the middle and another took over', async () => {
      const targetId = await plan();
      let release = () => {};
      const held = new Promise<void>(resolve => {
        release = resolve;
      });
      const reached = new Promise<void>(resolve => {
        bench.startPublisher({
          // Full with this one: the other publisher has to take over.
          concurrency: 1,
          onStep: async at => {
            if (at !== 'branch-pushed') return;
            resolve();
            await held;
          },
        });
      });
      await reached;
      await bench.knex('publications').update({ next_at: 1 });
      bench.startPublisher();
      await bench.untilState(targetId, 'prOpen');
      release();
      await bench.stop();
      expect(await bench.knex('pull_requests')).toHaveLength(1);
      expect((await bench.publication(targetId)).state).toBe('opened');
    });

    it('steps back from a branch that holds the commits of others', async () => {
      const main = await bench.branch('warehouse', 'main');
      await bench.alice.rest.git.createRef({
        owner: 'acme',
        repo: 'warehouse',
        ref: 'refs/heads/skein/retire-users/dbt',
        sha: main!,
      });
      await bench.edit(
        'warehouse',
        'mine.md',
        'Mine',
        'skein/retire-users/dbt',
      );
      const theirs = await bench.branch('warehouse', 'skein/retire-users/dbt');
      const targetId = await plan();
      bench.startPublisher();
      const target = await bench.untilState(targetId, 'failed', 'prOpen');
      expect(target).toMatchObject({
        state: 'failed',
        failure_kind: 'publish-failed',
        state_reason: expect.stringMatching(
          /branch 'skein\/retire-users\/dbt' holds commits that are not ours/,
        ),
      });
      expect(await bench.branch('warehouse', 'skein/retire-users/dbt')).toBe(
        theirs,
      );
      expect(await bench.pulls('warehouse')).toEqual([]);
    });

    it('adopts no pull request of others from a branch that it never pushed', async () => {
      const targetId = await plan();
      const branch = 'skein/retire-users/dbt';
      // A crash after its commit was written down, and before it was pushed.
      await bench.knex('publications').update({
        branch,
        base_branch: 'main',
        head_sha: 'a'.repeat(40),
      });
      await bench.alice.rest.git.createRef({
        owner: 'acme',
        repo: 'warehouse',
        ref: `refs/heads/${branch}`,
        sha: (await bench.branch('warehouse', 'main'))!,
      });
      await bench.edit('warehouse', 'mine.md', 'Mine', branch);
      await bench.alice.rest.pulls.create({
        owner: 'acme',
        repo: 'warehouse',
        title: 'Mine',
        head: branch,
        base: 'main',
      });
      bench.startPublisher();
      const target = await bench.untilState(targetId, 'failed', 'prOpen');
      expect(target).toMatchObject({
        state: 'failed',
        state_reason: expect.stringContaining('commits that are not ours'),
      });
      expect(await bench.knex('pull_requests')).toEqual([]);
    });

    it('opens its pull request on the renamed default branch', async () => {
      const targetId = await plan();
      await crashAfter(targetId, 'branch-pushed');
      const place = { owner: 'acme', repo: 'warehouse' };
      await bench.alice.rest.git.createRef({
        ...place,
        ref: 'refs/heads/trunk',
        sha: (await bench.branch('warehouse', 'main'))!,
      });
      await bench.alice.rest.repos.update({
        ...place,
        default_branch: 'trunk',
      });
      await bench.alice.rest.git.deleteRef({ ...place, ref: 'heads/main' });

      bench.startPublisher();
      await bench.untilState(targetId, 'prOpen', 'failed');
      expect(await bench.pullRequest(targetId)).toMatchObject({
        number: 1,
        baseBranch: 'trunk',
      });
    });

    it('carries a change over to a default branch that moved, or says what conflicts', async () => {
      const targetId = await plan();
      await bench.edit(
        'warehouse',
        'dbt/a.sql',
        original.replace('line 2\n', 'line two\n'),
      );
      bench.startPublisher();
      await bench.untilState(targetId, 'prOpen');

      await bench.createRepository('lake', { 'a.sql': original });
      const stale = await bench.insertTarget('lake', 'x');
      await bench.storeChange(stale, 'lake', { 'x/a.sql': 'select 1\n' });
      await bench.edit('lake', 'x/a.sql', 'select 2\n');
      await bench.plan(stale);
      expect(await bench.untilState(stale, 'failed')).toMatchObject({
        state_reason: expect.stringMatching(/conflicts: .*x\/a\.sql/),
      });
    });

    it('publishes a new change after the pull request of an earlier one was closed', async () => {
      const targetId = await plan();
      bench.startPublisher();
      await bench.untilState(targetId, 'prOpen');
      await bench.alice.rest.pulls.update({
        owner: 'acme',
        repo: 'warehouse',
        pull_number: 1,
        state: 'closed',
      });
      await bench.storeChange(targetId, 'warehouse', {
        'dbt/a.sql': original.replace('line 3', 'LINE THREE'),
      });
      await bench.plan(targetId);
      await bench.untilState(targetId, 'prOpen');
      const pulls = await bench.pulls('warehouse');
      expect(pulls.map(pull => [pull.number, pull.state]).sort()).toEqual([
        [1, 'closed'],
        [2, 'open'],
      ]);
      expect(await bench.pullRequest(targetId)).toMatchObject({ number: 2 });
    });

    it('survives a forge that fails before and after it acts', async () => {
      const targetId = await plan();
      bench.local.behaviour.set({
        serverErrors: {
          next: 2,
          status: 502,
          when: 'after',
          match: 'POST /repos/acme/warehouse/pulls',
        },
      });
      bench.startPublisher();
      await bench.untilState(targetId, 'prOpen');
      expect(await bench.pulls('warehouse')).toHaveLength(1);
    });

    it('fails with a reason, alone, where the forge refuses for good', async () => {
      const gone = await plan();
      await bench.createRepository('lake', { 'a.sql': original });
      const fine = await bench.planTarget('lake', { 'a.sql': changed });
      await bench.alice.rest.repos.update({
        owner: 'acme',
        repo: 'warehouse',
        archived: true,
      });
      bench.startPublisher();
      await bench.untilState(fine, 'prOpen');
      expect(await bench.untilState(gone, 'failed')).toMatchObject({
        state_reason: expect.stringMatching(/archived/),
      });
    });

    it('waits while its campaign is paused, and ends where it was cancelled', async () => {
      const targetId = await plan();
      await bench.knex('campaigns').update({ state: 'paused' });
      await bench.createRepository('lake', { 'a.sql': original });
      const publisher = bench.startPublisher();
      publisher.wake();
      await bench.until(
        async () => (await bench.target(targetId)).expected_at !== null,
      );
      expect((await bench.publication(targetId)).ticket).toBe(null);
      await bench.knex('campaigns').update({ state: 'cancelled' });
      expect(await bench.untilState(targetId, 'failed')).toMatchObject({
        state_reason: expect.stringMatching(/cancelled/),
      });
      expect(await bench.pulls('warehouse')).toEqual([]);
    });

    it('waits as long as the forge asks, tells when to expect the rest, and counts no try', async () => {
      const targetId = await plan();
      const access = jest
        .spyOn(bench.forge, 'createPullRequest')
        .mockRejectedValueOnce(new ForgeRateLimitError('Slow down', 3_000));
      bench.startPublisher();
      await bench.until(async () =>
        Boolean((await bench.publication(targetId)).last_error),
      );
      const row = await bench.publication(targetId);
      expect(row).toMatchObject({ state: 'pushed', attempts: 0 });
      const [governor] = await bench.knex('write_governor');
      expect(Number(governor.blocked_until)).toBeGreaterThan(
        Date.now() + 2_000_000,
      );
      expect(access).toHaveBeenCalledTimes(1);
      await bench.until(
        async () =>
          Number((await bench.target(targetId)).expected_at) >
          Date.now() + 2_000_000,
      );

      await bench.knex('write_governor').update({ blocked_until: null });
      await bench.knex('publications').update({ next_at: 1 });
      await bench.untilState(targetId, 'prOpen');
      expect(await bench.pulls('warehouse')).toHaveLength(1);
    });
  });
});
