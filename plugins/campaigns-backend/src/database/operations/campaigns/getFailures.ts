import { Campaign } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';

/**
 * Why targets of a campaign failed, the commonest first. An example quotes what
 * a repository's checks printed, so it comes from the readable targets alone.
 */
export async function getFailures(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): Promise<Campaign['failures']> {
  const failed = knex('targets')
    .where({ campaign_id: campaignId, state: 'failed' })
    .groupBy('failure_kind');
  const counts: any[] = await failed
    .clone()
    .select('failure_kind')
    .count({ count: '*' });
  const shown = failed.clone().select('failure_kind').min({
    example: 'state_reason',
  });
  readable(shown);
  const examples = new Map<string | null, string | null>(
    ((await shown) as any[]).map(row => [row.failure_kind, row.example]),
  );
  return counts
    .map(row => ({
      kind: row.failure_kind ?? 'unknown',
      count: Number(row.count),
      example: examples.get(row.failure_kind) ?? undefined,
    }))
    .sort((a, b) => b.count - a.count);
}
