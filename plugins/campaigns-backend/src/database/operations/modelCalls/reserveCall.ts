import { Knex } from 'knex';
import { decideReservation } from '../../../gateway/budget/decideReservation';
import {
  Amount,
  BudgetScope,
  ReservationDecision,
} from '../../../gateway/budget/types';
import { databaseNow, databaseNowPlus } from '../../clock';
import { addSpend } from './addSpend';
import { lockSpend } from './lockSpend';
import { readPace } from './readPace';
import { ModelCallRow } from './tables';

/** What is known of a call before it is made. */
export type NewModelCall = Pick<
  ModelCallRow,
  | 'id'
  | 'campaign_id'
  | 'run_id'
  | 'job_id'
  | 'attempt'
  | 'revision_id'
  | 'purpose'
  | 'provider'
  | 'model'
>;

/**
 * Writes a call down with its worst case, if that fits into all of its budgets
 * and the provider takes another call.
 * Budgets are locked for it: of two calls that fit only one by one, one waits.
 * A call that is tried again after it cost something keeps its row.
 */
export async function reserveCall(
  tx: Knex.Transaction,
  call: NewModelCall,
  options: {
    budgets: BudgetScope[];
    need: Amount;
    leaseMilliseconds: number;
    /** Calls of all replicas that may be under way at one time; undefined where they are not counted. */
    mostAtOnce?: number;
  },
): Promise<ReservationDecision> {
  const { budgets, need, leaseMilliseconds, mostAtOnce } = options;
  const milliseconds = await readPace(tx, call.provider, mostAtOnce);
  if (milliseconds !== undefined) return { type: 'busy', milliseconds };
  const decision = decideReservation(
    await lockSpend(tx, call.campaign_id, budgets),
    need,
  );
  if (decision.type !== 'reserved') return decision;
  const reservation = {
    state: 'reserved',
    reserved_nanos: need.nanos,
    reserved_tokens: need.tokens,
    expires_at: databaseNowPlus(tx, leaseMilliseconds),
  };
  const renewed = await tx('model_calls')
    .where({ id: call.id })
    .update(reservation);
  if (!renewed) {
    await tx('model_calls').insert({
      ...call,
      ...reservation,
      at: databaseNow(tx),
    });
  }
  await addSpend(tx, call, {
    spent: { nanos: 0, tokens: 0 },
    reserved: need,
  });
  return decision;
}
