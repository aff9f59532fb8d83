import { TargetState } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { SampleTarget } from '../../../evaluations/chooseSample';

/** Nothing is in scope there, or nothing knows yet. */
const neverTried: TargetState[] = ['candidate', 'outOfScope'];

/** Their code reads the old dataset no more: a trial would find nothing to do. */
const done: TargetState[] = ['merged', 'verified'];

/**
 * The targets of a campaign that can be tried.
 *
 * @param ids - those of these that are in scope, whatever their state; default: all that there is still something to do in
 */
export async function selectSample(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
  ids?: string[],
): Promise<SampleTarget[]> {
  const query = knex('targets')
    .where({ campaign_id: campaignId })
    .whereNotIn('state', ids ? neverTried : [...neverTried, ...done])
    .select({ id: 'id', framework: 'framework', ownerRef: 'owner_ref' });
  if (ids) query.whereIn('id', ids);
  readable(query);
  const rows = await query;
  return rows.map(row => ({ ...row, ownerRef: row.ownerRef ?? undefined }));
}
