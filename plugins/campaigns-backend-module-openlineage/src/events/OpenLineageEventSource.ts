import { InputError, ServiceUnavailableError } from '@backstage/errors';
import {
  LineageEvent,
  LineageEventSink,
  LineageEventSource,
} from '@skein/plugin-campaigns-node';
import { EventValidator } from '../spec/EventValidator';
import { Naming } from './Naming';
import { toLineageEvent } from './toLineageEvent';

/** An event of a batch that could not be used. */
export interface RejectedEvent {
  /** Its place in the batch. */
  index: number;
  /** One line. */
  reason: string;
}

/** Events in one turn of the event loop: other requests wait meanwhile. */
const EVENTS_AT_ONCE = 50;

/** Lineage as OpenLineage clients report it. */
export class OpenLineageEventSource implements LineageEventSource {
  readonly id = 'openlineage';
  readonly title = 'OpenLineage events';
  readonly staleAfterSeconds: number;
  readonly expireAfterSeconds: number;
  readonly #naming: Naming;
  readonly #validator = EventValidator.create();
  #sink?: LineageEventSink;

  constructor(options: {
    naming: Naming;
    staleAfterSeconds: number;
    expireAfterSeconds: number;
  }) {
    this.#naming = options.naming;
    this.staleAfterSeconds = options.staleAfterSeconds;
    this.expireAfterSeconds = options.expireAfterSeconds;
  }

  connect(sink: LineageEventSink): void {
    this.#sink = sink;
  }

  /**
   * Stores events, all those that can be used.
   *
   * @returns those that cannot
   * @throws ServiceUnavailableError where nothing can be stored now
   */
  async receive(events: unknown[]): Promise<RejectedEvent[]> {
    const sink = this.#sink;
    if (!sink) {
      throw new ServiceUnavailableError('Events can be stored in a moment');
    }
    const usable: LineageEvent[] = [];
    const rejected: RejectedEvent[] = [];
    for (const [index, event] of events.entries()) {
      try {
        usable.push(
          toLineageEvent(this.#validator.validate(event), this.#naming),
        );
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        rejected.push({ index, reason: error.message });
      }
      if (index % EVENTS_AT_ONCE === EVENTS_AT_ONCE - 1) {
        await new Promise(resolve => setImmediate(resolve));
      }
    }
    if (rejected.length > 0) {
      sink.reject(rejected.length, rejected[rejected.length - 1].reason);
    }
    if (usable.length > 0) await sink.write(usable);
    return rejected;
  }
}
