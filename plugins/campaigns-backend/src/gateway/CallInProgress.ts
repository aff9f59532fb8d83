import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ModelCaller,
  ModelCallError,
  ModelMessage,
  ModelProvider,
  ModelRequest,
} from '@skein/plugin-campaigns-node';
import { setTimeout as sleep } from 'timers/promises';
import { NewModelCall } from '../database/operations/modelCalls/reserveCall';
import { CallEnding } from '../database/operations/modelCalls/settleCall';
import { oneLine } from '../jobs/oneLine';
import { BudgetScope } from './budget/types';
import { Admission, Admitted } from './Admission';
import { chargeOf, noCharge } from './chargeOf';
import { Ledger } from './Ledger';
import { CallLimiter } from './limiter/CallLimiter';
import { costOf, countsOf, ModelPrices } from './prices';
import { ModelConfig } from './readModelConfig';
import { retryDelay } from './retryDelay';

/** What calls are made with. */
export interface CallParts {
  provider: ModelProvider;
  ledger: Ledger;
  limiter: CallLimiter;
  config: ModelConfig;
  logger: LoggerService;
}

/** A call that has been checked, with all that it counts for. */
export interface PreparedCall {
  row: NewModelCall;
  request: ModelRequest;
  prices: ModelPrices;
  budgets: BudgetScope[];
  caller: ModelCaller;
  signal: AbortSignal;
  /** Throws where the one who asks has no right to it any more. */
  assertWanted: () => Promise<void>;
}

type Try =
  | { type: 'answered'; message: ModelMessage; firstTokenMs?: number }
  | { type: 'failed'; error: ModelCallError };

/**
 * Makes one call: waits for a place and for money, asks the provider, tries
 * again what may pass, and settles every try. The answer is whole or an error:
 * one that breaks off is thrown away, charged and asked for again.
 */
export class CallInProgress {
  readonly #parts: CallParts;
  readonly #call: PreparedCall;
  readonly #admission: Admission;
  readonly #startedAt = Date.now();
  #tries = 0;
  #broken = 0;

  constructor(parts: CallParts, call: PreparedCall) {
    this.#parts = parts;
    this.#call = call;
    this.#admission = new Admission(parts, call);
  }

  /** @throws ModelCallError, GatewayError, or the signal's reason */
  async run(): Promise<ModelMessage> {
    for (;;) {
      const admitted = await this.#enter();
      this.#tries += 1;
      const made = await this.#try().finally(() => admitted.slot.release());
      if (made.type === 'answered') return this.#answered(made, admitted);
      const delay = await this.#failed(made.error, admitted);
      // That the call was given up is noticed where it enters again.
      const { signal } = this.#call;
      await sleep(delay, undefined, { signal }).catch(() => {});
    }
  }

  async #enter(): Promise<Admitted> {
    try {
      return await this.#admission.enter();
    } catch (error) {
      // Between two tries: what the first cost stays, and no more comes.
      if (this.#tries > 0) {
        const outcome = this.#call.signal.aborted ? 'aborted' : 'failed';
        await this.#end(outcome, noCharge, {
          message: oneLine(String((error as Error)?.message ?? error)),
        });
      }
      throw error;
    }
  }

  async #try(): Promise<Try> {
    const { request, caller, signal } = this.#call;
    const startedAt = Date.now();
    let firstTokenMs: number | undefined;
    try {
      const message = await this.#parts.provider.createMessage(request, {
        caller,
        signal,
        onFirstToken: () => {
          firstTokenMs ??= Date.now() - startedAt;
        },
      });
      return { type: 'answered', message, firstTokenMs };
    } catch (error) {
      if (error instanceof ModelCallError) return { type: 'failed', error };
      // Nobody knows how far it came.
      const unforeseen = new ModelCallError(
        `The model's provider failed: ${(error as Error)?.message ?? error}`,
        { kind: 'refused', charge: {}, cause: error as Error },
      );
      return { type: 'failed', error: unforeseen };
    }
  }

  async #answered(
    { message, firstTokenMs }: Extract<Try, { type: 'answered' }>,
    { worst }: Admitted,
  ): Promise<ModelMessage> {
    const { limiter, logger } = this.#parts;
    const { prices, row } = this.#call;
    limiter.succeeded();
    const tokens = countsOf(message.usage);
    const nanos = costOf(prices, tokens);
    if (nanos > worst.nanos) {
      // A bound that does not bound lets a budget be passed: somebody must look.
      logger.error(
        `Model call ${row.id} of ${row.model} cost ${nanos} billionths, more than its worst case of ${worst.nanos}: check the prices in 'campaigns.model.prices'`,
      );
    }
    await this.#end(
      'completed',
      { nanos, tokens, assumedNanos: 0 },
      { stopReason: message.stop_reason ?? undefined, firstTokenMs },
    );
    return message;
  }

  /**
   * Charges a try that failed.
   *
   * @returns milliseconds until the next
   * @throws ModelCallError where there is none
   */
  async #failed(error: ModelCallError, { worst }: Admitted): Promise<number> {
    const { config, ledger, limiter, logger } = this.#parts;
    if (error.kind === 'rate-limited' || error.kind === 'overloaded') {
      limiter.refused(error.retryAfterMilliseconds);
      await ledger.pause(this.#call.row.provider, error.retryAfterMilliseconds);
    }
    const charge = chargeOf(error.charge, this.#call.prices, worst);
    const { kind, retryAfterMilliseconds } = error;
    if (kind === 'broken') this.#broken += 1;
    const delay = retryDelay(
      {
        kind,
        retryAfterMilliseconds,
        tries: this.#tries,
        broken: this.#broken,
      },
      Math.random(),
    );
    const giveUpAt = this.#startedAt + config.patienceMilliseconds;
    const message = oneLine(error.message);
    if (delay === undefined || Date.now() + delay > giveUpAt) {
      const outcome = kind === 'aborted' ? 'aborted' : 'failed';
      await this.#end(outcome, charge, { message });
      throw error;
    }
    const { row } = this.#call;
    await ledger.settle(row, charge);
    logger.warn(
      `Model call ${row.id}: ${message}. Try ${this.#tries + 1} in ${delay} ms`,
    );
    return delay;
  }

  #end(
    outcome: CallEnding['outcome'],
    charge: Parameters<Ledger['settle']>[1],
    more: Partial<CallEnding>,
  ): Promise<void> {
    return this.#parts.ledger.settle(this.#call.row, charge, {
      outcome,
      retries: Math.max(0, this.#tries - 1),
      latencyMs: Date.now() - this.#startedAt,
      ...more,
    });
  }
}
