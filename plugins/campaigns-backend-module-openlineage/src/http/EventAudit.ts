import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';

const INTERVAL_MILLISECONDS = 60_000;
/** Senders that are told apart in one entry. */
const MAX_SENDERS = 100;

interface Counts {
  received: number;
  rejected: number;
}

/**
 * Leaves in the audit log who sent lineage, how much, and how many requests
 * were turned away: once a minute where there was any, since an entry for each
 * of hundreds of events a second would bury all others.
 */
export class EventAudit {
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;
  readonly #senders = new Map<string, Counts>();
  #refused = 0;
  #timer?: NodeJS.Timeout;

  constructor(options: { auditor: AuditorService; logger: LoggerService }) {
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  received(sender: string, { received, rejected }: Counts): void {
    const name =
      this.#senders.has(sender) || this.#senders.size < MAX_SENDERS
        ? sender
        : 'others';
    const counts = this.#senders.get(name) ?? { received: 0, rejected: 0 };
    this.#senders.set(name, {
      received: counts.received + received,
      rejected: counts.rejected + rejected,
    });
    this.#later();
  }

  /** A request without a valid key. */
  refused(): void {
    this.#refused += 1;
    this.#later();
  }

  /** Writes what has come together. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#senders.size === 0 && this.#refused === 0) return;
    const meta = {
      senders: [...this.#senders].map(([name, counts]) => ({
        name,
        ...counts,
      })),
      refusedRequests: this.#refused,
    };
    this.#senders.clear();
    this.#refused = 0;
    const event = await this.#auditor.createEvent({
      eventId: 'lineage-report',
      severityLevel: meta.refusedRequests > 0 ? 'medium' : 'low',
      meta,
    });
    await event.success();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.flush().catch(error =>
        this.#logger.error('The audit log of lineage events failed', error),
      );
    }, INTERVAL_MILLISECONDS).unref();
  }
}
