import { protocolLimits, RunnerEvent, TranscriptEntry } from '../protocol';
import { Redact } from '../redact';
import { cutText } from '../process/cutText';
import { ProtocolClient } from './ProtocolClient';

const FLUSH_MILLISECONDS = 300;
const HEARTBEAT_MILLISECONDS = 5_000;

/**
 * Tells the backend what the job does: in batches, and with a heartbeat while
 * there is nothing to tell. Learns from the answers that the job is over.
 */
export class EventLog {
  readonly #client: Pick<ProtocolClient, 'postEvents'>;
  readonly #onStop: (reason: Error | undefined) => void;
  readonly #redact: Redact;
  readonly #waiting: RunnerEvent[] = [];
  #phase: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  #closed = false;

  /**
   * @param onStop - called where the backend says so (undefined), or cannot be reached (the error)
   * @param redact - takes secrets out of what is told
   */
  constructor(
    client: Pick<ProtocolClient, 'postEvents'>,
    onStop: (reason: Error | undefined) => void,
    redact: Redact = text => text,
  ) {
    this.#client = client;
    this.#onStop = onStop;
    this.#redact = redact;
    this.#schedule(0);
  }

  phase(phase: string, message: string): void {
    this.#phase = phase;
    this.#add({
      at: now(),
      type: 'phase',
      phase,
      message: this.#bound(message),
    });
  }

  info(message: string): void {
    this.#log('info', message);
  }

  warn(message: string): void {
    this.#log('warn', message);
  }

  /** Tells a step of an agent, which is redacted and bounded already. */
  transcript(message: string, data: TranscriptEntry): void {
    this.#add({
      at: now(),
      type: 'transcript',
      phase: this.#phase,
      message: this.#bound(message),
      data,
    });
  }

  /** Sends what waits, and nothing more after that. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#sending;
    while (this.#waiting.length > 0) await this.#send();
  }

  #log(level: 'info' | 'warn', message: string): void {
    this.#add({
      at: now(),
      type: 'log',
      level,
      phase: this.#phase,
      message: this.#bound(message),
    });
  }

  #add(event: RunnerEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length === 1) this.#schedule(FLUSH_MILLISECONDS);
  }

  #schedule(milliseconds: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#sending = this.#send().finally(() =>
        this.#schedule(
          this.#waiting.length > 0
            ? FLUSH_MILLISECONDS
            : HEARTBEAT_MILLISECONDS,
        ),
      );
    }, milliseconds);
  }

  #bound(message: string): string {
    return cutText(this.#redact(message), protocolLimits.messageBytes);
  }

  async #send(): Promise<void> {
    const events = this.#waiting.splice(0, protocolLimits.eventsPerRequest);
    if (events.length === 0) events.push({ at: now(), type: 'heartbeat' });
    try {
      const { stop } = await this.#client.postEvents(events);
      if (stop) this.#onStop(undefined);
    } catch (error) {
      this.#onStop(error as Error);
    }
  }
}

function now(): string {
  return new Date().toISOString();
}
