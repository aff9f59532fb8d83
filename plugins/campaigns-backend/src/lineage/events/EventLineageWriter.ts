import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { LineageEvent, LineageEventSink } from '@skein/plugin-campaigns-node';
import { createHash } from 'crypto';
import { Knex } from 'knex';
import { failEvents } from '../../database/operations/lineage/recordEvents';
import { EventFold } from './EventFold';
import { writeEvents } from './writeEvents';

/** Facts in one transaction: long enough to be fast, short enough to let others in. */
const FACTS_AT_ONCE = 20_000;
/** Events that may wait, before their senders are asked to come back. */
const MAX_WAITING = 5_000;
/** To this exactness times are kept, so that what is said every minute is written once. */
const TIME_STEP_MILLISECONDS = 5 * 60 * 1000;
/** Events by content that are known to be written. */
const MAX_REMEMBERED = 20_000;
/**
 * Between two transactions, where several senders write: a few milliseconds of
 * theirs save most of the database's work. One sender alone never waits.
 */
const GATHER_MILLISECONDS = 50;
const ATTEMPTS = 4;
/** Counts that no event takes along are written after this. */
const COUNT_MILLISECONDS = 1000;

interface Waiting {
  event: LineageEvent;
  /** Content of the event without its time. */
  hash: string;
  done(error?: Error): void;
}

/** What a writer needs. */
export interface EventLineageWriterOptions {
  knex: Knex;
  logger: LoggerService;
  source: { id: string; title: string; expireAfterSeconds: number };
  /** Called when nodes turned out to be one. */
  onAliases(): void;
}

/**
 * Writes the events of one source: one transaction at a time, each with all
 * that came while the one before was written.
 */
export class EventLineageWriter implements LineageEventSink {
  readonly #options: EventLineageWriterOptions;
  readonly #waiting: Waiting[] = [];
  /** By content, the newest time that is stored. */
  readonly #written = new Map<string, number>();
  #received = 0;
  #rejected = 0;
  #rejection?: string;
  #writing?: Promise<void>;
  #countTimer?: NodeJS.Timeout;
  #stopped = false;

  private constructor(options: EventLineageWriterOptions) {
    this.#options = options;
  }

  static create(options: EventLineageWriterOptions): EventLineageWriter {
    return new EventLineageWriter(options);
  }

  async write(events: LineageEvent[]): Promise<void> {
    if (this.#stopped || this.#waiting.length + events.length > MAX_WAITING) {
      throw new ServiceUnavailableError(
        `More events of '${
          this.#options.source.title
        }' wait to be stored than can be kept; send them again in a few seconds`,
      );
    }
    const oldest = Date.now() - this.#options.source.expireAfterSeconds * 1000;
    const stored = events.map(event => {
      const at = toTimeStep(event.at);
      const hash = hashOf(event);
      // What is written already, and what would go at once, only counts.
      if (at < oldest || (this.#written.get(hash) ?? -1) >= at) {
        this.#received += 1;
        return undefined;
      }
      return new Promise<void>((resolve, reject) => {
        this.#waiting.push({
          event: { ...event, at },
          hash,
          done: error => (error ? reject(error) : resolve()),
        });
      });
    });
    if (this.#waiting.length > 0) this.#start();
    else this.#countLater();
    await Promise.all(stored);
  }

  reject(count: number, reason: string): void {
    this.#rejected += count;
    this.#rejection = reason.split('\n')[0].slice(0, 1000);
    this.#countLater();
  }

  /** Takes nothing new, and stores what waits. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#countTimer);
    this.#start();
    await this.#writing;
  }

  #countLater(): void {
    if (this.#countTimer || this.#stopped) return;
    this.#countTimer = setTimeout(() => this.#start(), COUNT_MILLISECONDS);
    this.#countTimer.unref();
  }

  #start(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
      // Came after the last look at what waits.
      if (this.#waiting.length > 0) this.#start();
    });
  }

  async #writeAll(): Promise<void> {
    // Whatever came in this turn of the event loop goes along.
    await new Promise(resolve => setImmediate(resolve));
    do {
      clearTimeout(this.#countTimer);
      this.#countTimer = undefined;
      const batch = this.#take();
      try {
        await this.#writeBatch(batch);
        for (const { event, hash, done } of batch) {
          this.#remember(hash, event.at);
          done();
        }
      } catch (error) {
        await this.#fail(batch, error as Error);
      }
      if (batch.length > 1 && !this.#stopped) {
        await new Promise(resolve => setTimeout(resolve, GATHER_MILLISECONDS));
      }
    } while (this.#waiting.length > 0);
  }

  #take(): Waiting[] {
    let facts = 0;
    let count = 0;
    while (count < this.#waiting.length && facts < FACTS_AT_ONCE) {
      facts += this.#waiting[count].event.facts.length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #writeBatch(batch: Waiting[]): Promise<void> {
    const { knex, source, onAliases } = this.#options;
    const fold = EventFold.of(batch.map(({ event }) => event));
    const counts = {
      received: this.#received + batch.length,
      rejected: this.#rejected,
      rejection: this.#rejection,
    };
    if (counts.received + counts.rejected === 0) return;
    const waiting = { received: this.#received, rejected: this.#rejected };
    const { learned, refused } = await withRetries(() =>
      writeEvents(knex, source.id, fold, counts),
    );
    this.#received -= waiting.received;
    this.#rejected -= waiting.rejected;
    if (learned) onAliases();
    if (refused.length > 0) {
      this.reject(
        0,
        'Names that would make one dataset of more than 50 were not believed',
      );
    }
  }

  async #fail(batch: Waiting[], cause: Error): Promise<void> {
    const { knex, logger, source } = this.#options;
    logger.error(`Events of '${source.title}' could not be stored`, cause);
    await failEvents(
      knex,
      source.id,
      `Events could not be stored: ${cause.message.split('\n')[0]}`.slice(
        0,
        1000,
      ),
    ).catch(() => {});
    const error = new ServiceUnavailableError(
      'The events could not be stored; send them again later',
      cause,
    );
    for (const { done } of batch) done(error);
  }

  #remember(hash: string, at: number): void {
    const before = this.#written.get(hash) ?? 0;
    this.#written.delete(hash);
    this.#written.set(hash, Math.max(before, at));
    if (this.#written.size > MAX_REMEMBERED) {
      this.#written.delete(this.#written.keys().next().value!);
    }
  }
}

/** No time lies in the future: a wrong clock would keep an edge for ever. */
function toTimeStep(at: number): number {
  const time = Math.min(at, Date.now());
  return Math.floor(time / TIME_STEP_MILLISECONDS) * TIME_STEP_MILLISECONDS;
}

function hashOf({ facts }: LineageEvent): string {
  return createHash('sha1').update(JSON.stringify(facts)).digest('base64');
}

/** Another writer may have been in the way: the database has undone ours then. */
async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const { code = '' } = error as { code?: string };
      const passing = /^(40001|40P01|SQLITE_BUSY)/.test(code);
      if (!passing || attempt === ATTEMPTS) throw error;
      await new Promise(resolve =>
        setTimeout(resolve, attempt * 50 * (0.5 + Math.random())),
      );
    }
  }
}
