import {
  ListScopeChangesRequest,
  Page,
  ScopeChange,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { allRows, RowFilter } from '../../../authorization';
import { toIso } from '../../clock';
import { TargetRow } from '../../tables';
import { listPage } from '../listPage';
import { ScopeChangeRow } from './tables';

/**
 * What came, went and changed in a campaign's scope, newest first.
 *
 * @param readable - the targets that the caller may read: of others nothing is told
 */
export async function listScopeChanges(
  knex: Knex,
  campaignId: string,
  request: ListScopeChangesRequest,
  readable: RowFilter,
): Promise<Page<ScopeChange>> {
  const query: Knex.QueryBuilder = knex('scope_changes').where({
    'scope_changes.campaign_id': campaignId,
  });
  wherePlaceVisible(query, knex, campaignId, readable);
  if (request.kinds?.length) query.whereIn('kind', request.kinds);
  const page = await listPage<ScopeChangeRow, ScopeChange>(
    query,
    request,
    [{ column: 'id', order: 'desc' }],
    toChange,
  );
  return { ...page, items: await withTargets(knex, campaignId, page.items) };
}

/** Narrows a query over `scope_changes`; who may read all may also read of places whose target is gone. */
export function wherePlaceVisible(
  query: Knex.QueryBuilder,
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): void {
  if (readable === allRows) return;
  const targets = knex<TargetRow>('targets').where({ campaign_id: campaignId });
  readable(targets);
  const places = knex
    .from(targets.select('*').as('readable'))
    .whereRaw('readable.repo_host = scope_changes.repo_host')
    .whereRaw('readable.repo_owner = scope_changes.repo_owner')
    .whereRaw('readable.repo_name = scope_changes.repo_name')
    .whereRaw('readable.path = scope_changes.path')
    .select(knex.raw('1'));
  query.whereExists(places);
}

function toChange(row: ScopeChangeRow): ScopeChange {
  return {
    id: String(row.id),
    snapshotNumber: row.snapshot_number,
    at: toIso(row.at)!,
    kind: row.kind,
    repository: {
      host: row.repo_host,
      owner: row.repo_owner,
      name: row.repo_name,
    },
    path: row.path,
    before: row.before === null ? undefined : JSON.parse(row.before),
    after: row.after === null ? undefined : JSON.parse(row.after),
  };
}

async function withTargets(
  knex: Knex,
  campaignId: string,
  changes: ScopeChange[],
): Promise<ScopeChange[]> {
  const rows = await knex<TargetRow>('targets')
    .where({ campaign_id: campaignId })
    .whereIn(
      'repo_name',
      changes.map(({ repository }) => repository.name),
    )
    .select('id', 'repo_host', 'repo_owner', 'repo_name', 'path');
  return changes.map(change => {
    const { host, owner, name } = change.repository;
    const target = rows.find(
      row =>
        row.repo_host === host &&
        row.repo_owner === owner &&
        row.repo_name === name &&
        row.path === change.path,
    );
    return { ...change, targetId: target?.id };
  });
}
