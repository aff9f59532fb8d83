import { CostEstimate } from '@skein/plugin-campaigns-common';
import { formatMoney } from '../../../format/money';
import { countOf } from '../../../format/words';

/** An estimate in two sentences: what, and from what. */
export function describeEstimate(estimate: CostEstimate): {
  amount: string;
  basis: string;
} {
  const { currency, low, expected, high, sampleSize, targets } = estimate;
  const { calls, promptTokens, basis, historyJobs } = estimate.perTarget;
  const money = (value: number) => formatMoney(value, currency);
  const need =
    estimate.sampleNeedingModel === sampleSize
      ? 'all of which need the model'
      : `of which ${estimate.sampleNeedingModel} need the model`;
  const assumed =
    basis === 'history'
      ? `as the ${countOf(historyJobs, 'job')} before: ${calls} calls each`
      : `${calls} calls each, as configured, since too few jobs have run to tell`;
  return {
    amount:
      expected === 0
        ? 'Nothing: the mapping tables do all that was looked at'
        : `About ${money(expected)}, between ${money(low)} and ${money(high)}`,
    basis:
      `For ${countOf(targets, 'target')} with ${estimate.model}: ` +
      `${countOf(sampleSize, 'target')} were looked at, ${need}` +
      `${
        estimate.sampleNeedingModel > 0
          ? ` (prompts of ${promptTokens.toLocaleString(
              'en',
            )} tokens on average), ${assumed}`
          : ''
      }.`,
  };
}
