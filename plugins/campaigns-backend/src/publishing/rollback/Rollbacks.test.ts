import { TestDatabases } from '@backstage/backend-test-utils';
import { PublishingBench } from '../../__testUtils__/PublishingBench';
import { rollBackTargets } from '..';

describe('rollBackTargets', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', id => {
    let bench: PublishingBench;
    const branch = 'skein/retire-users/root';

    beforeEach(async () => {
      bench = await PublishingBench.start(await databases.init(id));
      await bench.createRepository('warehouse', { 'a.sql': 'select 1\n' });
    });
    afterEach(async () => {
      await bench.stop();
    });

    const plan = () => bench.planTarget('warehouse', { 'a.sql': 'select 2\n' });
    const rollBack = (...targetIds: string[]) =>
      bench.knex.transaction(tx =>
        rollBackTargets(tx, targetIds, 'Wrong *column*'),
      );
    const done = () =>
      bench.until(async () => {
        const rows = await bench.knex('rollbacks');
        return rows.every(row => row.state === 'done');
      });

    it('closes the pull request with one comment and deletes our branch, however often it is asked', async () => {
      const targetId = await plan();
      bench.startPublisher();
      await bench.untilState(targetId, 'prOpen');
      await rollBack(targetId);
      await rollBack(targetId);
      expect(await bench.target(targetId)).toMatchObject({
        state: 'rolledBack',
        state_reason: 'Wrong *column*',
      });
      await done();
      expect(await bench.pulls('warehouse')).toMatchObject([
        { number: 1, state: 'closed' },
      ]);
      expect(await bench.branch('warehouse', branch)).toBe(undefined);
      const { data } = await bench.alice.rest.issues.listComments({
        owner: 'acme',
        repo: 'warehouse',
        issue_number: 1,
      });
      expect(data).toHaveLength(1);
      expect(data[0].body).toMatch(/rolled back: Wrong &#42;column&#42;/);
      expect(await bench.knex('rollbacks')).toHaveLength(1);
    });

    it('leaves a branch that a person has committed to', async () => {
      const targetId = await plan();
      bench.startPublisher();
      await bench.untilState(targetId, 'prOpen');
      await bench.edit('warehouse', 'mine.sql', 'select 3', branch);
      const theirs = await bench.branch('warehouse', branch);
      await rollBack(targetId);
      await done();
      expect(await bench.branch('warehouse', branch)).toBe(theirs);
      expect(await bench.pulls('warehouse')).toMatchObject([
        { state: 'closed' },
      ]);
    });

    it('undoes a publication that was interrupted on its way', async () => {
      const targetId = await plan();
      const publisher = bench.startPublisher({
        onStep: at => {
          if (at === 'pull-request-created') throw new Error('crash');
        },
        retryMilliseconds: 3_600_000,
      });
      await bench.until(
        async () => (await bench.publication(targetId)).attempts === 1,
      );
      await publisher.stop();
      await rollBack(targetId);
      expect(await bench.publication(targetId)).toMatchObject({
        state: 'abandoned',
      });
      await bench.knex('rollbacks').update({ next_at: 1 });
      bench.startPublisher();
      await done();
      expect(await bench.pulls('warehouse')).toMatchObject([
        { state: 'closed' },
      ]);
      expect(await bench.branch('warehouse', branch)).toBe(undefined);
    });

    it('stops a publication that had not begun, and refuses what is merged', async () => {
      const targetId = await plan();
      await rollBack(targetId);
      const publisher = bench.startPublisher();
      publisher.wake();
      expect(await bench.publication(targetId)).toMatchObject({
        state: 'abandoned',
      });
      expect(await bench.knex('rollbacks')).toEqual([]);
      await bench.knex('targets').update({ state: 'merged' });
      await expect(rollBack(targetId)).rejects.toThrow(/cannot be/);
    });
  });
});
