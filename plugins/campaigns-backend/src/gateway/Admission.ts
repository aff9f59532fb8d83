import { Amount, ReservationDecision } from './budget/types';
import { fromNanos } from './budget/budgetScopes';
import { BudgetExceededError, GatewayError } from './GatewayError';
import { CallSlot } from './limiter/CallLimiter';
import type { CallParts, PreparedCall } from './CallInProgress';
import {
  boundCountedTokens,
  boundInputTokens,
  totalTokens,
  WorstCase,
  worstCase,
} from './prices';

/** How often to look whether another replica's calls have been settled. */
const LOOK_MILLISECONDS = 2_000;

/** A call that may be made now. */
export interface Admitted {
  slot: CallSlot;
  /** What is reserved for it. */
  worst: WorstCase;
}

/**
 * Lets a call in: a place among the calls under way, then a reservation. A call
 * that must wait for money gives its place back meanwhile.
 *
 * The worst case comes first from a bound that costs nothing. Only where that
 * does not fit is the provider asked to count, so that a budget can be used to
 * its end.
 */
export class Admission {
  readonly #parts: CallParts;
  readonly #call: PreparedCall;
  #worst: WorstCase;
  #counted = false;

  constructor(parts: CallParts, call: PreparedCall) {
    this.#parts = parts;
    this.#call = call;
    const { prices, request } = call;
    this.#worst = worstCase(prices, request, boundInputTokens(request));
  }

  /** @throws BudgetExceededError, GatewayError, or the signal's reason */
  async enter(): Promise<Admitted> {
    const { ledger, config } = this.#parts;
    const { row, budgets, signal, assertWanted } = this.#call;
    const giveUpAt = Date.now() + config.budgetPatienceMilliseconds;
    const giveUpOnPaceAt = Date.now() + config.patienceMilliseconds;
    for (;;) {
      const slot = await this.#place();
      let decision: ReservationDecision;
      try {
        await assertWanted();
        decision = await ledger.reserve(row, { budgets, need: this.#need() });
      } catch (error) {
        slot.release();
        throw error;
      }
      if (decision.type === 'reserved') {
        ledger.wakeNext(row.campaign_id);
        return { slot, worst: this.#worst };
      }
      slot.release();
      if (decision.type === 'busy') {
        const { milliseconds } = decision;
        if (Date.now() + milliseconds > giveUpOnPaceAt) throw busy();
        await ledger.nextSettlement(row.campaign_id, milliseconds, signal);
        continue;
      }
      if (!this.#counted) {
        await this.#count();
        continue;
      }
      if (decision.type === 'exceeded') {
        ledger.wakeNext(row.campaign_id);
        throw this.#exceeded(decision);
      }
      if (Date.now() >= giveUpAt) {
        throw new GatewayError(
          `The budget of the ${decision.scope} is reserved by other calls; try again when they are done`,
          { status: 429, type: 'rate_limit_error', retryAfterSeconds: 30 },
        );
      }
      await ledger.nextSettlement(row.campaign_id, LOOK_MILLISECONDS, signal);
    }
  }

  async #place(): Promise<CallSlot> {
    const { limiter, config } = this.#parts;
    const { row, signal } = this.#call;
    const patience = AbortSignal.timeout(config.patienceMilliseconds);
    try {
      return await limiter.acquire(
        row.campaign_id,
        AbortSignal.any([signal, patience]),
      );
    } catch (error) {
      if (signal.aborted) throw error;
      throw busy();
    }
  }

  #need(): Amount {
    return {
      nanos: this.#worst.nanos,
      tokens: totalTokens(this.#worst.tokens),
    };
  }

  async #count(): Promise<void> {
    this.#counted = true;
    const { prices, request, caller, signal } = this.#call;
    const { logger, provider } = this.#parts;
    try {
      const counted = await provider.countTokens(request, { caller, signal });
      const exact = worstCase(prices, request, boundCountedTokens(counted));
      if (exact.nanos < this.#worst.nanos) this.#worst = exact;
    } catch (error) {
      logger.warn(
        'Tokens could not be counted; the bound by bytes is reserved',
        error as Error,
      );
    }
  }

  #exceeded(
    decision: Extract<ReservationDecision, { type: 'exceeded' }>,
  ): BudgetExceededError {
    const { budgets } = this.#call;
    const limit = budgets.find(({ scope }) => scope === decision.scope)!.limit;
    const need = this.#need();
    const { currency } = this.#parts.config;
    const [bound, most] =
      decision.unit === 'nanos'
        ? [
            `${fromNanos(limit.nanos!)} ${currency}`,
            `${fromNanos(need.nanos)} ${currency}`,
          ]
        : [`${limit.tokens} tokens`, `${need.tokens} tokens`];
    return new BudgetExceededError(
      `The budget of the ${decision.scope} (${bound}) has no room for this call, which may take ${most}. Raise it, then retry.`,
    );
  }
}

function busy(): GatewayError {
  return new GatewayError(
    'The model is busy with other calls, or asks for a pause; try again later',
    { status: 429, type: 'rate_limit_error', retryAfterSeconds: 60 },
  );
}
