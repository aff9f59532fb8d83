import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { setTimeout as sleep } from 'timers/promises';
import { CampaignChanges } from '../changes/CampaignChanges';
import { expireCalls } from '../database/operations/modelCalls/expireCalls';
import { extendCalls } from '../database/operations/modelCalls/extendCalls';
import { pauseCalls } from '../database/operations/modelCalls/pauseCalls';
import {
  NewModelCall,
  reserveCall,
} from '../database/operations/modelCalls/reserveCall';
import {
  CallCharge,
  CallEnding,
  settleCall,
} from '../database/operations/modelCalls/settleCall';
import { Amount, BudgetScope, ReservationDecision } from './budget/types';

/** Calls that one look at expired reservations charges. */
const SWEEP_SIZE = 100;

/** What a {@link Ledger} is made from. */
export interface LedgerOptions {
  database: Knex;
  changes: CampaignChanges;
  logger: LoggerService;
  /** How long a reservation outlives the process that made it. Default: 60 s; it is renewed at a third of that. */
  leaseMilliseconds?: number;
  /** Calls of all replicas that may be under way at one time. Default: not counted. */
  mostAtOnce?: number;
}

/**
 * The book of model calls. What a call may cost is reserved before it is made
 * and settled after; the sums hold over all replicas, since they are in the
 * database. The reservations of a process that is gone expire into their worst
 * case: what was sent may have been billed.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #leaseMilliseconds: number;
  readonly #underWay = new Set<string>();
  /** By campaign, who waits for its money; the first first. */
  readonly #waiting = new Map<string, Set<() => void>>();
  #timer!: NodeJS.Timeout;
  #tending?: Promise<void>;

  private constructor(options: LedgerOptions) {
    this.#options = options;
    this.#leaseMilliseconds = options.leaseMilliseconds ?? 60_000;
  }

  static start(options: LedgerOptions): Ledger {
    const ledger = new Ledger(options);
    ledger.#timer = setInterval(() => {
      ledger.#tending ??= ledger.tend().finally(() => {
        ledger.#tending = undefined;
      });
    }, ledger.#leaseMilliseconds / 3);
    ledger.#timer.unref();
    return ledger;
  }

  /** Reservations of this process are left to expire, or to be settled by calls that still end. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#tending;
  }

  /** Reserves what a call may cost; where that is refused, nothing is written. */
  async reserve(
    call: NewModelCall,
    options: { budgets: BudgetScope[]; need: Amount },
  ): Promise<ReservationDecision> {
    const decision = await this.#options.database.transaction(tx =>
      reserveCall(tx, call, {
        ...options,
        leaseMilliseconds: this.#leaseMilliseconds,
        mostAtOnce: this.#options.mostAtOnce,
      }),
    );
    if (decision.type === 'reserved') this.#underWay.add(call.id);
    return decision;
  }

  /**
   * Charges what a try cost in place of its reservation; with an ending the
   * call is over. Where this fails, the reservation expires into its worst
   * case: a charge is never lost.
   *
   * @throws Error where it fails and the call was to be tried again, which it must not be then
   */
  async settle(
    call: { id: string; campaign_id: string },
    charge: CallCharge,
    ending?: CallEnding,
  ): Promise<void> {
    const { changes, database, logger } = this.#options;
    try {
      await database.transaction(tx =>
        settleCall(tx, call.id, charge, this.#leaseMilliseconds, ending),
      );
    } catch (error) {
      logger.error(
        `Model call ${call.id} could not be settled; its worst case is charged when its reservation expires`,
        error as Error,
      );
      this.#underWay.delete(call.id);
      if (!ending) throw error;
    }
    if (ending) {
      this.#underWay.delete(call.id);
      changes.notify({ campaignId: call.campaign_id });
    }
    this.wakeNext(call.campaign_id);
  }

  /** Has no replica begin a call before the provider wants one. */
  async pause(provider: string, milliseconds = 0): Promise<void> {
    const { database, logger } = this.#options;
    if (milliseconds <= 0) return;
    try {
      await pauseCalls(database, provider, milliseconds);
    } catch (error) {
      // This process pauses all the same.
      logger.warn('Other replicas were not told of a pause', error as Error);
    }
  }

  /**
   * Lets the first that waits for a campaign's money look again. Who gets what
   * he wanted, or goes away, lets the next look: so a crowd that waits does not
   * ask the database all at once.
   */
  wakeNext(campaignId: string): void {
    const [first] = this.#waiting.get(campaignId) ?? [];
    first?.();
  }

  /**
   * Waits for one's turn to look again, at most for a while: another replica's
   * calls are settled without a word.
   *
   * @param signal - gives up the wait; its reason is thrown
   */
  async nextSettlement(
    campaignId: string,
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<void> {
    const turn = new AbortController();
    const wake = () => turn.abort();
    const waiting = this.#waiting.get(campaignId) ?? new Set();
    this.#waiting.set(campaignId, waiting.add(wake));
    try {
      await sleep(milliseconds, undefined, {
        signal: AbortSignal.any([signal, turn.signal]),
      }).catch(() => {});
      signal.throwIfAborted();
    } finally {
      waiting.delete(wake);
      if (waiting.size === 0) this.#waiting.delete(campaignId);
    }
  }

  /** Keeps the reservations of this process, and charges those that expired. */
  async tend(): Promise<void> {
    const { changes, database, logger } = this.#options;
    try {
      if (this.#underWay.size > 0) {
        await extendCalls(
          database,
          [...this.#underWay],
          this.#leaseMilliseconds,
        );
      }
      const campaigns = await database.transaction(tx =>
        expireCalls(tx, SWEEP_SIZE),
      );
      for (const campaignId of campaigns) changes.notify({ campaignId });
    } catch (error) {
      logger.warn('The ledger of model calls was not tended', error as Error);
    }
  }
}
