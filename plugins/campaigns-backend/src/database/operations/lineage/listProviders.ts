import {
  LineageEventsStatus,
  LineageProviderStatus,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { readDatabaseNow, toIso } from '../../clock';
import { LineageProviderRow } from './tables';

/** A running backend says this often that it has its sources. */
export const KNOWN_EVERY_MILLISECONDS = 5 * 60_000;
/** A restart must not make a source look uninstalled. */
const UNKNOWN_AFTER_MILLISECONDS = 3 * KNOWN_EVERY_MILLISECONDS;

/**
 * Freshness of all lineage sources, by title.
 *
 * @param keepMilliseconds - how long what an uninstalled source said is kept
 */
export async function listProviders(
  knex: Knex,
  keepMilliseconds?: number,
): Promise<LineageProviderStatus[]> {
  const now = await readDatabaseNow(knex);
  const rows = await knex<LineageProviderRow>('lineage_providers').orderBy([
    'title',
    'id',
  ]);
  return rows.map(row => ({
    id: row.id,
    title: row.title,
    state: row.state,
    lastStartedAt: toIso(row.last_started_at),
    lastSucceededAt: toIso(row.last_succeeded_at),
    lastError: row.last_error ?? undefined,
    nodes: row.node_count,
    edges: row.edge_count,
    progress: row.state === 'running' ? row.progress ?? undefined : undefined,
    ...scheduleOf(row, now, keepMilliseconds),
    events: eventsOf(row),
  }));
}

function scheduleOf(
  row: LineageProviderRow,
  now: number,
  keepMilliseconds: number | undefined,
): Partial<LineageProviderStatus> {
  // What a source of events said goes by its own age.
  if (row.known_at === null || row.expire_after !== null) return {};
  const knownAt = Number(row.known_at);
  if (knownAt < now - UNKNOWN_AFTER_MILLISECONDS) {
    return {
      uninstalledSince: toIso(knownAt),
      removedAt:
        keepMilliseconds === undefined
          ? undefined
          : toIso(knownAt + keepMilliseconds),
    };
  }
  if (row.read_interval === null) return {};
  return {
    intervalSeconds: Math.round(Number(row.read_interval) / 1000),
    nextReadAt: toIso(row.next_read_at),
  };
}

function eventsOf(row: LineageProviderRow): LineageEventsStatus | undefined {
  if (row.expire_after === null) return undefined;
  return {
    received: Number(row.events_received),
    rejected: Number(row.events_rejected),
    lastReceivedAt: toIso(row.last_event_at),
    lastRejectedAt: toIso(row.last_rejected_at),
    lastRejection: row.last_rejection ?? undefined,
    staleEdges: row.stale_edge_count,
    staleAfterSeconds: Number(row.stale_after) / 1000,
    expireAfterSeconds: Number(row.expire_after) / 1000,
  };
}
