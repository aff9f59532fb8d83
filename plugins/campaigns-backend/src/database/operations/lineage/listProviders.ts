import { LineageProviderStatus } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { LineageProviderRow } from './tables';

/** Freshness of all lineage sources, by title. */
export async function listProviders(
  knex: Knex,
): Promise<LineageProviderStatus[]> {
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
  }));
}
