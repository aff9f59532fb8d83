import { TargetSelection } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { TargetRow } from '../../tables';
import { filterTargets } from './filterTargets';
import { isUuid } from '../../isUuid';

/** The rows of a campaign that a bulk action is about. */
export async function selectTargets(
  knex: Knex,
  campaignId: string,
  selection: TargetSelection,
): Promise<TargetRow[]> {
  const query = knex<TargetRow>('targets')
    .where({ campaign_id: campaignId })
    .orderBy('id');
  if ('targetIds' in selection) {
    query.whereIn('id', selection.targetIds.filter(isUuid));
  } else filterTargets(query, selection.filter);
  return query;
}
