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
import { Admission } from './Admission';
import { chargeOf, noCharge } from './chargeOf';
import { Ledger } from './Ledger';
import { CallLimiter } from './limiter/CallLimiter';
import { costOf, countsOf, ModelPrices, WorstCase } from './prices';
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

/**
 * Makes one call: waits for a place and for money, asks the provider, tries
 * again what may pass, and settles every try. The answer is whole or an error:
 * one that breaks off is thrown away, charged and asked for again.
 *
 * @throws ModelCallError, GatewayError, or the signal's reason
 */
export async function makeCall(
  parts: CallParts,
  call: PreparedCall,
): Promise<ModelMessage> {
  const { ledger, limiter, config, logger } = parts;
  const admission = new Admission(parts, call);
  const startedAt = Date.now();
  let tries = 0;
  const end = (
    outcome: CallEnding['outcome'],
    more: Partial<CallEnding> = {},
  ): CallEnding => ({
    outcome,
    retries: Math.max(0, tries - 1),
    latencyMs: Date.now() - startedAt,
    ...more,
  });

  for (;;) {
    const admitted = await admission.enter().catch(async error => {
      // Given up between two tries: what the first cost stays, and no more comes.
      if (tries > 0) {
        const outcome = call.signal.aborted ? 'aborted' : 'failed';
        const message = oneLine(String(error?.message ?? error));
        await ledger.settle(call.row, noCharge, end(outcome, { message }));
      }
      throw error;
    });
    tries += 1;
    const result = await tryOnce(parts, call).finally(() =>
      admitted.slot.release(),
    );
    if (result.type === 'answered') {
      limiter.succeeded();
      const { message, firstTokenMs } = result;
      const tokens = countsOf(message.usage);
      const nanos = costOf(call.prices, tokens);
      warnBeyond(logger, call, nanos, admitted.worst);
      await ledger.settle(
        call.row,
        { nanos, tokens, assumedNanos: 0 },
        end('completed', {
          stopReason: message.stop_reason ?? undefined,
          firstTokenMs,
        }),
      );
      return message;
    }

    const { error } = result;
    if (error.kind === 'rate-limited' || error.kind === 'overloaded') {
      limiter.refused(error.retryAfterMilliseconds);
    }
    const charge = chargeOf(error.charge, call.prices, admitted.worst);
    const delay = retryDelay({ ...error, tries }, Math.random());
    const patience = startedAt + config.patienceMilliseconds - Date.now();
    if (delay === undefined || delay > patience) {
      const outcome = error.kind === 'aborted' ? 'aborted' : 'failed';
      const message = oneLine(error.message);
      await ledger.settle(call.row, charge, end(outcome, { message }));
      throw error;
    }
    await ledger.settle(call.row, charge);
    logger.warn(
      `Model call ${call.row.id}: ${oneLine(error.message)}. Try ${
        tries + 1
      } in ${delay} ms`,
    );
    // An abort is noticed where the call enters again.
    await sleep(delay, undefined, { signal: call.signal }).catch(() => {});
  }
}

type TryResult =
  | { type: 'answered'; message: ModelMessage; firstTokenMs?: number }
  | { type: 'failed'; error: ModelCallError };

async function tryOnce(
  { provider }: CallParts,
  call: PreparedCall,
): Promise<TryResult> {
  const startedAt = Date.now();
  let firstTokenMs: number | undefined;
  try {
    const message = await provider.createMessage(call.request, {
      caller: call.caller,
      signal: call.signal,
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

/** A bound that does not bound would let a budget be passed: somebody must look at it. */
function warnBeyond(
  logger: LoggerService,
  { row }: PreparedCall,
  nanos: number,
  worst: WorstCase,
): void {
  if (nanos <= worst.nanos) return;
  logger.error(
    `Model call ${row.id} of ${row.model} cost ${nanos} billionths, more than its worst case of ${worst.nanos}: check the prices in 'campaigns.model.prices'`,
  );
}
