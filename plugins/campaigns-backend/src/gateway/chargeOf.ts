import { ModelCallCharge } from '@skein/plugin-campaigns-node';
import { CallCharge } from '../database/operations/modelCalls/settleCall';
import { costOf, countsOf, ModelPrices, noTokens, WorstCase } from './prices';

/** A try that cost nothing. */
export const noCharge: CallCharge = {
  nanos: 0,
  tokens: noTokens,
  assumedNanos: 0,
};

/**
 * What a try that gave no message is charged. An answer that broke off has
 * told its input but not its output: as much as was asked for may be billed.
 * Where nothing was told, so may be the worst case.
 */
export function chargeOf(
  charge: ModelCallCharge,
  prices: ModelPrices,
  worst: WorstCase,
): CallCharge {
  if (charge === 'nothing') return noCharge;
  const known = charge.usage && countsOf(charge.usage);
  const tokens = known
    ? { ...known, output: worst.tokens.output }
    : worst.tokens;
  const nanos = costOf(prices, tokens);
  const certain = known ? costOf(prices, known) : 0;
  return { nanos, tokens, assumedNanos: nanos - certain };
}
