import { PlaceFacts } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { countPlaces, PlaceCounts } from '../../../scope/countPlaces';
import { wherePlaceVisible } from './listScopeChanges';

const place = ['repo_host', 'repo_owner', 'repo_name', 'path'] as const;

/** What snapshots of a campaign's scope held of the places that may be read. */
export async function countVisiblePlaces(
  knex: Knex,
  campaignId: string,
  numbers: number[],
  readable: RowFilter,
): Promise<Map<number, PlaceCounts>> {
  const targets: Knex.QueryBuilder<any, any[]> = knex('targets')
    .where({ campaign_id: campaignId })
    .select(...place, 'scope_facts');
  readable(targets);
  const changes: Knex.QueryBuilder<any, any[]> = knex('scope_changes')
    .where({ 'scope_changes.campaign_id': campaignId })
    .where('snapshot_number', '>=', Math.min(...numbers))
    .select(...place, 'snapshot_number', 'kind', 'before')
    .orderBy('id');
  wherePlaceVisible(changes, knex, campaignId, readable);
  return countPlaces(
    (await targets).map(row => ({
      key: keyOf(row),
      decision: decisionOf(row.scope_facts),
    })),
    (await changes).map(row => ({
      key: keyOf(row),
      snapshotNumber: row.snapshot_number,
      kind: row.kind,
      before: decisionOf(row.before),
    })),
    numbers,
  );
}

function keyOf(row: Record<(typeof place)[number], string>): string {
  return place.map(column => row[column]).join('/');
}

function decisionOf(facts: string | null): PlaceFacts['decision'] | undefined {
  return facts === null
    ? undefined
    : (JSON.parse(facts) as PlaceFacts).decision;
}
