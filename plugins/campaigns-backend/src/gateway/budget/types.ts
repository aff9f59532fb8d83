import { SpendScope } from '../../database/operations/modelCalls/tables';

/** The most that may be spent in a scope; what is absent is not bounded. */
export interface BudgetLimit {
  /** Billionths of the price table's currency. */
  nanos?: number;
  tokens?: number;
}

/** A scope that a call counts for, with its bound. */
export interface BudgetScope {
  scope: SpendScope;
  id: string;
  limit: BudgetLimit;
}

/** An amount of money and of tokens. */
export interface Amount {
  nanos: number;
  tokens: number;
}

/** What is stored of a scope. */
export interface ScopeSpend {
  spent: Amount;
  /** By calls that are under way. */
  reserved: Amount;
}

/** Whether a call may be made. */
export type ReservationDecision =
  | { type: 'reserved' }
  /** As many calls as may be are under way in all replicas, or the provider asked for a pause. */
  | { type: 'busy'; milliseconds: number }
  /** What is spent would allow it; others' reservations do not yet. */
  | { type: 'wait'; scope: SpendScope }
  | { type: 'exceeded'; scope: SpendScope; unit: keyof Amount };
