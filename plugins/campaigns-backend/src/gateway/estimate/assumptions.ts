import { JobHistory } from '../../database/operations/modelCalls/readJobHistory';
import { TargetAssumptions } from './estimateTarget';

/** Fewer jobs than this say little. */
const LEAST_HISTORY = 3;

/** What an estimate assumes, and by what. */
export interface AssumptionRange {
  low: TargetAssumptions;
  expected: TargetAssumptions;
  high: TargetAssumptions;
  basis: 'history' | 'configuration';
  historyJobs: number;
}

/**
 * How much a target's agent is assumed to do: as earlier jobs did, the middle
 * half of them for the range; without enough of them as configured, from half
 * of the calls to twice as many.
 */
export function assumptionsFrom(
  history: JobHistory[],
  configured: TargetAssumptions,
): AssumptionRange {
  if (history.length < LEAST_HISTORY) {
    return {
      low: { ...configured, calls: configured.calls / 2 },
      expected: configured,
      high: { ...configured, calls: configured.calls * 2 },
      basis: 'configuration',
      historyJobs: history.length,
    };
  }
  const mean = (key: keyof JobHistory) =>
    history.reduce((sum, job) => sum + job[key], 0) / history.length;
  const expected = {
    calls: mean('calls'),
    outputTokensPerCall: mean('outputTokensPerCall'),
    growthTokensPerCall: mean('growthTokensPerCall'),
  };
  const sorted = history.map(({ calls }) => calls).sort((a, b) => a - b);
  const quantile = (share: number) =>
    sorted[Math.floor(share * (sorted.length - 1))];
  return {
    // A few long jobs lift the mean above the quartile: the range still holds it.
    low: { ...expected, calls: Math.min(quantile(0.25), expected.calls) },
    expected,
    high: { ...expected, calls: Math.max(quantile(0.75), expected.calls) },
    basis: 'history',
    historyJobs: history.length,
  };
}
