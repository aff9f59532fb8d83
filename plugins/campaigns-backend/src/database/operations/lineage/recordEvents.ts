import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { LineageProviderRow } from './tables';

/** What came of a source of events since it was counted last. */
export interface EventCounts {
  received: number;
  rejected: number;
  /** Why the last was rejected, in one line. */
  rejection?: string;
}

/** Counts events. In a transaction, it also keeps the source's row locked. */
export async function recordEvents(
  tx: Knex,
  provider: string,
  { received, rejected, rejection }: EventCounts,
): Promise<void> {
  const now = databaseNow(tx) as unknown as number;
  await tx<LineageProviderRow>('lineage_providers')
    .where({ id: provider })
    .update({
      events_received: tx.raw('events_received + ?', [received]) as never,
      events_rejected: tx.raw('events_rejected + ?', [rejected]) as never,
      ...(received > 0 && {
        state: 'ok',
        last_error: null,
        last_event_at: now,
        last_succeeded_at: now,
      }),
      ...(rejected > 0 && {
        last_rejected_at: now,
        last_rejection: rejection ?? null,
      }),
    });
}

/** Says that events could not be stored; the next that can be takes it back. */
export async function failEvents(
  knex: Knex,
  provider: string,
  error: string,
): Promise<void> {
  await knex<LineageProviderRow>('lineage_providers')
    .where({ id: provider })
    .update({ state: 'failed', last_error: error });
}
