import { Knex } from 'knex';
import { ForgeRateLimitError } from '@skein/plugin-campaigns-node';
import { setTimeout } from 'timers/promises';
import { readDatabaseNow } from '../../database/clock';
import { acquireWrite } from '../../database/operations/governor/acquireWrite';
import { readWriteHistory } from '../../database/operations/governor/readWriteHistory';
import {
  blockWrites,
  releaseWrite,
} from '../../database/operations/governor/releaseWrite';
import { expectedTimes } from './expectedTimes';
import { nextWriteAt, WriteKind, WriteLimits } from './nextWriteAt';
import { WriteDelayedError } from './WriteDelayedError';

/** Longer than any single write takes. */
const LEASE_MILLISECONDS = 3 * 60_000;
/** How long a caller waits for its turn. */
const PATIENCE_MILLISECONDS = 10_000;
/** How often to look whether another replica's write has ended. */
const BUSY_MILLISECONDS = 250;

/**
 * Decides when this installation may write to a forge: one write of an identity
 * at a time and no faster than the forge allows, over all campaigns and all
 * replicas.
 */
export class WriteGovernor {
  readonly #knex: Knex;
  readonly #limits: WriteLimits;
  readonly #queues = new Map<string, Promise<unknown>>();

  private constructor(knex: Knex, limits: WriteLimits) {
    this.#knex = knex;
    this.#limits = limits;
  }

  static create(options: { knex: Knex; limits: WriteLimits }): WriteGovernor {
    return new WriteGovernor(options.knex, options.limits);
  }

  /**
   * Writes when it is this write's turn.
   *
   * @throws WriteDelayedError where that is more than `patienceMilliseconds` away; nothing was written
   * @throws ForgeRateLimitError where the forge refused; all writes then wait as long as it asked
   */
  async write<T>(
    identity: string,
    kind: WriteKind,
    effect: () => Promise<T>,
    options: { signal?: AbortSignal; patienceMilliseconds?: number } = {},
  ): Promise<T> {
    const before = this.#queues.get(identity) ?? Promise.resolve();
    const turn = before.then(() =>
      this.#writeInTurn(identity, kind, effect, options),
    );
    this.#queues.set(
      identity,
      turn.catch(() => {}),
    );
    return turn;
  }

  /**
   * Passes where a write that creates content could be made soon: nobody needs
   * to prepare one that cannot.
   *
   * @throws WriteDelayedError otherwise
   */
  async expectTurn(
    identity: string,
    options: { patienceMilliseconds?: number } = {},
  ): Promise<void> {
    const history = await readWriteHistory(this.#knex, identity);
    const now = await readDatabaseNow(this.#knex);
    const delay = nextWriteAt(history, now, this.#limits) - now;
    if (delay > (options.patienceMilliseconds ?? PATIENCE_MILLISECONDS)) {
      throw new WriteDelayedError(identity, delay);
    }
  }

  /** When each of `count` waiting pull requests may be expected; see {@link expectedTimes}. */
  async expectedTimes(identity: string): Promise<(count: number) => number[]> {
    const history = await readWriteHistory(this.#knex, identity);
    const now = await readDatabaseNow(this.#knex);
    return count => expectedTimes(history, now, this.#limits, count);
  }

  async #writeInTurn<T>(
    identity: string,
    kind: WriteKind,
    effect: () => Promise<T>,
    options: { signal?: AbortSignal; patienceMilliseconds?: number },
  ): Promise<T> {
    const ticket = await this.#acquire(identity, kind, options);
    try {
      return await effect();
    } catch (error) {
      if (error instanceof ForgeRateLimitError) {
        await blockWrites(
          this.#knex,
          identity,
          Math.max(1, error.retryAfterSeconds) * 1_000,
        );
      }
      throw error;
    } finally {
      await releaseWrite(this.#knex, identity, ticket);
    }
  }

  async #acquire(
    identity: string,
    kind: WriteKind,
    options: { signal?: AbortSignal; patienceMilliseconds?: number },
  ): Promise<string> {
    const patience = options.patienceMilliseconds ?? PATIENCE_MILLISECONDS;
    let waited = 0;
    for (;;) {
      options.signal?.throwIfAborted();
      const turn = await this.#knex.transaction(tx =>
        acquireWrite(tx, identity, {
          kind,
          limits: this.#limits,
          leaseMilliseconds: LEASE_MILLISECONDS,
        }),
      );
      if (turn.type === 'granted') return turn.ticket;
      const pause =
        turn.because === 'busy'
          ? Math.min(turn.milliseconds, BUSY_MILLISECONDS)
          : turn.milliseconds;
      if (waited + pause > patience) {
        throw new WriteDelayedError(identity, turn.milliseconds);
      }
      await sleep(pause, options.signal);
      waited += pause;
    }
  }
}

/** Ends early, without an error, when told to stop: the caller looks at the signal. */
async function sleep(
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(error => {
    if (!signal?.aborted) throw error;
  });
}
