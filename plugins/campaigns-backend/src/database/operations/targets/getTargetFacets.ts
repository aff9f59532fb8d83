import { TargetFacets } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';

const columns: Record<keyof TargetFacets, string> = {
  states: 'state',
  frameworks: 'framework',
  owners: 'owner_ref',
  waves: 'wave',
  failureKinds: 'failure_kind',
};

/** The values that a campaign's targets can be filtered by, with counts. */
export async function getTargetFacets(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): Promise<TargetFacets> {
  const facets: Partial<TargetFacets> = {};
  for (const [facet, column] of Object.entries(columns)) {
    const query: Knex.QueryBuilder<any, any[]> = knex('targets')
      .where({ campaign_id: campaignId })
      .whereNotNull(column)
      .groupBy(column)
      .select({ value: column })
      .count({ count: '*' });
    readable(query);
    facets[facet as keyof TargetFacets] = Object.fromEntries(
      (await query).map(({ value, count }) => [value, Number(count)]),
    );
  }
  return facets as TargetFacets;
}
