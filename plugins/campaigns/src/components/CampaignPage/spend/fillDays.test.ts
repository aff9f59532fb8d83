import { SpendShare } from '@skein/plugin-campaigns-common';
import { fillDays } from './fillDays';

const share = (key: string, cost: number): SpendShare => ({
  key,
  cost,
  calls: 1,
  tokens: {
    input: 0,
    output: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheRead: 0,
  },
});

describe('fillDays', () => {
  it('leaves no gap, and shows at least a week', () => {
    const days = fillDays([share('2026-02-27', 1), share('2026-03-01', 2)], 60);
    expect(days.map(({ day }) => day)).toEqual([
      '2026-02-23',
      '2026-02-24',
      '2026-02-25',
      '2026-02-26',
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    expect(days.map(({ cost }) => cost)).toEqual([0, 0, 0, 0, 1, 0, 2]);
  });

  it('shows the newest where there are too many, and nothing of nothing', () => {
    const days = fillDays([share('2026-01-01', 1), share('2026-03-01', 2)], 30);
    expect(days).toHaveLength(30);
    expect(days[29]).toEqual({ day: '2026-03-01', cost: 2, calls: 1 });
    expect(fillDays([], 30)).toEqual([]);
  });
});
