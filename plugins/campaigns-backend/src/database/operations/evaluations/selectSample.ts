import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { SampleTarget } from '../../../evaluations/chooseSample';

/**
 * The targets of a campaign that can be tried: those in scope, whatever their
 * state.
 *
 * @param ids - which of them; default: all
 */
export async function selectSample(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
  ids?: string[],
): Promise<SampleTarget[]> {
  const query = knex('targets')
    .where({ campaign_id: campaignId })
    .whereNotIn('state', ['candidate', 'outOfScope'])
    .select({ id: 'id', framework: 'framework', ownerRef: 'owner_ref' });
  if (ids) query.whereIn('id', ids);
  readable(query);
  const rows = await query;
  return rows.map(row => ({ ...row, ownerRef: row.ownerRef ?? undefined }));
}
