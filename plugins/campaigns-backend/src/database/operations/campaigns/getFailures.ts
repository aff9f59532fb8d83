import { Campaign } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';

/**
 * Why targets of a campaign failed, the commonest first. An example quotes what
 * a repository's checks printed; it and the count are of the readable targets alone.
 */
export async function getFailures(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): Promise<Campaign['failures']> {
  const query = knex('targets')
    .where({ campaign_id: campaignId, state: 'failed' })
    .groupBy('failure_kind')
    .select('failure_kind')
    .count({ count: '*' })
    .min({ example: 'state_reason' });
  readable(query);
  const rows: any[] = await query;
  return rows
    .map(row => ({
      kind: row.failure_kind ?? 'unknown',
      count: Number(row.count),
      example: row.example ?? undefined,
    }))
    .sort((a, b) => b.count - a.count);
}
