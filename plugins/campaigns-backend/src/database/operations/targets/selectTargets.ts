import { TargetSelection } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { TargetRow } from '../../tables';
import { filterTargets } from './filterTargets';
import { isUuid } from '../../isUuid';

/**
 * The rows of a campaign that a bulk action is about.
 *
 * @param readable - by who acts: a filter finds no others, and an id of another is as good as made up
 */
export async function selectTargets(
  knex: Knex,
  campaignId: string,
  selection: TargetSelection,
  readable: RowFilter,
): Promise<TargetRow[]> {
  const query = knex<TargetRow>('targets')
    .where({ campaign_id: campaignId })
    .orderBy('id');
  if ('targetIds' in selection) {
    query.whereIn('id', selection.targetIds.filter(isUuid));
  } else filterTargets(query, selection.filter);
  readable(query);
  return query;
}
