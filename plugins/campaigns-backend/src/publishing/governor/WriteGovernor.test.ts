import { TestDatabases } from '@backstage/backend-test-utils';
import { createDeferred } from '@backstage/types';
import { ForgeRateLimitError } from '@skein/plugin-campaigns-node';
import { migrate } from '../../database/migrate';
import { WriteDelayedError } from './WriteDelayedError';
import { WriteGovernor } from './WriteGovernor';

describe('WriteGovernor', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', id => {
    const start = async (minimumInterval = 0, contentPerHour = 500) => {
      const knex = await databases.init(id);
      await migrate(knex);
      const replica = () =>
        WriteGovernor.create({
          knex,
          limits: { minimumInterval, contentPerMinute: 80, contentPerHour },
        });
      return { knex, replica };
    };

    it('lets one write of an identity happen at a time, over replicas', async () => {
      const { replica } = await start();
      const replicas = [replica(), replica(), replica()];
      let running = 0;
      let most = 0;
      const writes = Array.from({ length: 12 }, (_, index) =>
        replicas[index % 3].write('skein@forge', 'content', async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise(resolve => setTimeout(resolve, 5));
          running -= 1;
          return index;
        }),
      );
      expect(await Promise.all(writes)).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
      ]);
      expect(most).toBe(1);
    });

    it('does not make identities wait for each other', async () => {
      const { replica } = await start();
      const governor = replica();
      const held = createDeferred();
      const started = createDeferred();
      const first = governor.write('one@forge', 'content', () => {
        started.resolve();
        return held;
      });
      await started;
      expect(
        await governor.write('other@forge', 'content', async () => 1),
      ).toBe(1);
      held.resolve();
      await first;
    });

    it('holds every replica off as long as the forge asked', async () => {
      const { knex, replica } = await start();
      const refused = replica().write('skein@forge', 'content', async () => {
        throw new ForgeRateLimitError('Slow down', 120);
      });
      await expect(refused).rejects.toThrow(ForgeRateLimitError);

      const effect = jest.fn();
      const later = replica().write('skein@forge', 'change', effect);
      await expect(later).rejects.toThrow(WriteDelayedError);
      await expect(replica().expectTurn('skein@forge')).rejects.toThrow(
        /may write again in 1[12]\d s/,
      );
      expect(effect).not.toHaveBeenCalled();

      await knex('write_governor').update({ blocked_until: null });
      await replica().write('skein@forge', 'change', effect);
      expect(effect).toHaveBeenCalledTimes(1);
    });

    it('tells at once where the limit of the hour is reached, and lets other writes pass', async () => {
      const { replica } = await start(0, 2);
      const governor = replica();
      await governor.write('skein@forge', 'content', async () => {});
      await governor.write('skein@forge', 'content', async () => {});
      const error = await governor
        .write('skein@forge', 'content', async () => {})
        .catch(caught => caught);
      expect(error).toBeInstanceOf(WriteDelayedError);
      expect(error.delayMilliseconds).toBeGreaterThan(3_500_000);
      await governor.write('skein@forge', 'change', async () => {});
    });

    it('takes the turn of a holder that crashed once its lease has ended', async () => {
      const { knex, replica } = await start();
      await replica().write('skein@forge', 'content', async () => {});
      await knex('write_governor').update({
        ticket: '00000000-0000-0000-0000-000000000000',
        held_until: 1,
      });
      expect(
        await replica().write('skein@forge', 'content', async () => 'done'),
      ).toBe('done');
    });

    it('stops waiting when it is told to', async () => {
      const { replica } = await start(5_000);
      const governor = replica();
      await governor.write('skein@forge', 'change', async () => {});
      const abort = new AbortController();
      const waiting = governor.write('skein@forge', 'change', async () => {}, {
        signal: abort.signal,
      });
      abort.abort();
      await expect(waiting).rejects.toThrow(/abort/);
    });
  });
});
