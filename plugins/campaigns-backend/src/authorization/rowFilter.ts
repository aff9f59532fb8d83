import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { Knex } from 'knex';
import { OwnerQuery } from './rules';

/** Narrows a query over `campaigns` or `targets`, alone and by that name: it says columns and no table. */
export type RowFilter = (query: Knex.QueryBuilder) => void;

export const allRows: RowFilter = () => {};

export const noRows: RowFilter = query => {
  query.whereRaw('1 = 0');
};

/** A filter that lets those rows through that each of these does. */
export function everyFilter(filters: RowFilter[]): RowFilter {
  return query => filters.forEach(filter => filter(query));
}

/** A filter that lets those rows through that meet the criteria. */
export function toRowFilter(
  criteria: PermissionCriteria<OwnerQuery>,
): RowFilter {
  return query => {
    query.where(builder => applyCriteria(builder, criteria));
  };
}

function applyCriteria(
  builder: Knex.QueryBuilder,
  criteria: PermissionCriteria<OwnerQuery>,
): void {
  if (isAndCriteria(criteria)) {
    for (const part of criteria.allOf) {
      builder.andWhere(nested => applyCriteria(nested, part));
    }
  } else if (isOrCriteria(criteria)) {
    for (const part of criteria.anyOf) {
      builder.orWhere(nested => applyCriteria(nested, part));
    }
  } else if (isNotCriteria(criteria)) {
    builder.whereNot(nested => applyCriteria(nested, criteria.not));
  } else if (criteria.of === 'campaign') {
    builder.whereIn('campaign_id', campaigns =>
      campaigns
        .select('id')
        .from('campaigns')
        .whereIn('owner_ref', criteria.ownerRefs),
    );
  } else {
    // An absent owner is nobody's: spelled out, since NOT over NULL would be neither.
    builder.where(nested =>
      nested.whereNotNull('owner_ref').whereIn('owner_ref', criteria.ownerRefs),
    );
  }
}
