import { BudgetSpec } from '@skein/plugin-campaigns-common';
import { DefaultBudget } from '../readModelConfig';
import { BudgetLimit, BudgetScope } from './types';

const NANOS = 1_000_000_000;

/**
 * The budgets that a call counts for: of its campaign, its run and its job. What
 * the campaign does not bound is bounded as the configuration says.
 */
export function budgetScopes(
  call: { campaignId: string; runId?: string; jobId?: string },
  spec: BudgetSpec | undefined,
  defaults: DefaultBudget,
): BudgetScope[] {
  const limit = (key: 'amount' | 'perRun' | 'perJob'): BudgetLimit => {
    const money = spec?.[key] ?? defaults[key];
    return {
      nanos: money === undefined ? undefined : toNanos(money),
      tokens: spec?.tokens?.[key] ?? defaults.tokens?.[key],
    };
  };
  const { campaignId, runId, jobId } = call;
  return [
    { scope: 'campaign', id: campaignId, limit: limit('amount') },
    ...(runId
      ? [{ scope: 'run' as const, id: runId, limit: limit('perRun') }]
      : []),
    ...(jobId
      ? [{ scope: 'job' as const, id: jobId, limit: limit('perJob') }]
      : []),
  ];
}

/** Billionths of a currency's unit. */
export function toNanos(money: number): number {
  return Math.min(Math.round(money * NANOS), Number.MAX_SAFE_INTEGER);
}

/** The inverse of {@link toNanos}. */
export function fromNanos(nanos: number): number {
  return nanos / NANOS;
}
