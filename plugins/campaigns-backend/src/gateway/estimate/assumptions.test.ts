import { assumptionsFrom } from './assumptions';

const configured = {
  calls: 12,
  outputTokensPerCall: 800,
  growthTokensPerCall: 2_000,
};
const job = (calls: number) => ({
  calls,
  outputTokensPerCall: 100 * calls,
  growthTokensPerCall: 50,
});

describe('assumptionsFrom', () => {
  it('is what the configuration says until three jobs have shown otherwise', () => {
    const { basis, low, expected, high } = assumptionsFrom(
      [job(2), job(4)],
      configured,
    );
    expect(basis).toBe('configuration');
    expect([low.calls, expected.calls, high.calls]).toEqual([6, 12, 24]);
  });

  it('is what earlier jobs did, with the middle half of them as range', () => {
    const history = [1, 2, 3, 4, 30].map(job);
    const { basis, historyJobs, low, expected, high } = assumptionsFrom(
      history,
      configured,
    );
    expect({ basis, historyJobs }).toEqual({
      basis: 'history',
      historyJobs: 5,
    });
    // One long job lifts the mean above the quartile.
    expect([low.calls, expected.calls, high.calls]).toEqual([2, 8, 8]);
    expect(expected.outputTokensPerCall).toBe(800);
  });
});
