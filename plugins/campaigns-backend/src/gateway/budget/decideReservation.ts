import { Amount, BudgetScope, ReservationDecision, ScopeSpend } from './types';

const units: Array<keyof Amount> = ['nanos', 'tokens'];

/**
 * Whether a call's worst case fits into all of its budgets. It is refused only
 * where it would not fit if every call under way turned out to be free: else it
 * waits for them, since most cost less than they reserve.
 */
export function decideReservation(
  scopes: Array<BudgetScope & ScopeSpend>,
  need: Amount,
): ReservationDecision {
  let waitFor: BudgetScope | undefined;
  for (const each of scopes) {
    for (const unit of units) {
      const limit = each.limit[unit];
      if (limit === undefined) continue;
      const settled = each.spent[unit] + need[unit];
      if (settled > limit) {
        return { type: 'exceeded', scope: each.scope, unit };
      }
      if (settled + each.reserved[unit] > limit) waitFor ??= each;
    }
  }
  return waitFor
    ? { type: 'wait', scope: waitFor.scope }
    : { type: 'reserved' };
}
