import { LoggerService } from '@backstage/backend-plugin-api';
import { LineageEventSource } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import {
  claimReconciliation,
  reconcileEvents,
} from '../../database/operations/lineage/reconcileEvents';
import { KNOWN_EVERY_MILLISECONDS } from '../../database/operations/lineage/listProviders';
import { registerEventSource } from '../../database/operations/lineage/registerEventSource';
import { requestReads } from '../../database/operations/lineage/requestReads';
import { WorkLoop } from '../../loop/WorkLoop';
import { EventLineageWriter } from './EventLineageWriter';

const IDLE_MILLISECONDS = 5_000;

/** Lineage that comes as events: stores it, and lets it age. */
export class LineageEvents {
  readonly #writers: EventLineageWriter[] = [];
  #loop?: WorkLoop<string>;

  /** Connects the sources: their events can be stored from here on. */
  static async start(options: {
    knex: Knex;
    logger: LoggerService;
    sources: LineageEventSource[];
  }): Promise<LineageEvents> {
    const { knex, logger, sources } = options;
    const events = new LineageEvents();
    const left = new Set<string>();
    for (const source of sources) {
      await registerEventSource(knex, source);
      const writer = EventLineageWriter.create({
        knex,
        logger,
        source,
        onAliases: () => left.add(source.id),
      });
      events.#writers.push(writer);
      source.connect(writer);
    }
    if (sources.length === 0) return events;
    events.#loop = WorkLoop.start({
      name: 'Lineage events',
      logger,
      concurrency: 1,
      idleMilliseconds: IDLE_MILLISECONDS,
      async claim() {
        for (const { id } of sources) {
          if (left.delete(id)) await requestReads(knex, [id]);
          if (await claimReconciliation(knex, id, KNOWN_EVERY_MILLISECONDS)) {
            return [id];
          }
        }
        return [];
      },
      async handle(id) {
        if (await reconcileEvents(knex, id)) left.add(id);
      },
    });
    return events;
  }

  /** Stores what waits, and ends. */
  async stop(): Promise<void> {
    await Promise.all(this.#writers.map(writer => writer.stop()));
    await this.#loop?.stop();
  }
}
