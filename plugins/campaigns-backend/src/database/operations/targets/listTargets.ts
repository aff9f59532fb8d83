import {
  ListTargetsRequest,
  Page,
  Target,
  TargetSortField,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { toTarget } from '../../../targets/mapTarget';
import { TargetRow } from '../../tables';
import { DEFAULT_PAGE_SIZE } from '../listPage';
import { pullRequestsByTarget } from '../pullRequests/pullRequestsByTarget';
import { filterTargets } from './filterTargets';

const sortColumns: Record<TargetSortField, string[]> = {
  repository: ['repo_owner', 'repo_name', 'path'],
  framework: ['framework'],
  owner: ['owner_ref'],
  state: ['state'],
  wave: ['wave_index'],
  updatedAt: ['updated_at'],
};

/** Which targets: of one campaign, or of one entity or owner over all campaigns. */
export type TargetSubject =
  | { campaignId: string }
  | { entityRef: string }
  | { ownerRef: string }
  | { targetId: string };

/** A page of targets with their pull requests. */
export async function listTargets(
  knex: Knex,
  subject: TargetSubject,
  request: ListTargetsRequest,
  readable: RowFilter,
): Promise<Page<Target>> {
  const query = knex('targets');
  if ('campaignId' in subject) query.where('campaign_id', subject.campaignId);
  if ('entityRef' in subject) query.where('entity_ref', subject.entityRef);
  if ('ownerRef' in subject) query.where('owner_ref', subject.ownerRef);
  if ('targetId' in subject) query.where('targets.id', subject.targetId);
  filterTargets(query, request);
  readable(query);

  const [{ total }] = await query.clone().count({ total: '*' });
  const order = request.order ?? 'asc';
  const rows: Array<TargetRow> = await query
    .clone()
    .select('targets.*')
    .orderBy([
      ...sortColumns[request.sort ?? 'repository'].map(column => ({
        column: `targets.${column}`,
        order,
      })),
      { column: 'targets.id', order },
    ])
    .offset(request.offset ?? 0)
    .limit(request.limit ?? DEFAULT_PAGE_SIZE);

  const names = new Map<string, string>(
    (
      await knex('campaigns')
        .whereIn('id', [...new Set(rows.map(row => row.campaign_id))])
        .select('id', 'name')
    ).map(({ id, name }) => [id, name]),
  );
  const pullRequests = await pullRequestsByTarget(
    knex,
    rows.map(row => row.id),
  );
  return {
    items: rows.map(row =>
      toTarget(
        { ...row, campaign_name: names.get(row.campaign_id)! },
        pullRequests.get(row.id),
      ),
    ),
    totalItems: Number(total),
  };
}
