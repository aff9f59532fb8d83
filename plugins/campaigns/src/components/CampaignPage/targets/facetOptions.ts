import { TargetFacets, TargetState } from '@skein/plugin-campaigns-common';
import { shortEntityName } from '../../../format/words';
import { failureKindLabel } from '../../../states/failureKinds';
import {
  orderedTargetStates,
  targetStateLabel,
} from '../../../states/targetStates';
import { FilterList } from '../../../targetFilters/targetFilterParams';
import { FilterOption } from '../../shared';

/** What a filter offers: what there is, with counts, and what is chosen even where nothing is left of it. */
export function facetOptions(
  list: FilterList,
  facets: TargetFacets | undefined,
  selected: readonly string[],
): FilterOption[] {
  const counts = new Map(Object.entries(facets?.[list] ?? {}));
  for (const value of selected) {
    if (!counts.has(value)) counts.set(value, 0);
  }
  const options = [...counts].map(([value, count]) => ({
    value,
    label: labelOf(list, value),
    count,
  }));
  return list === 'states'
    ? options.sort((a, b) => stateRank(a.value) - stateRank(b.value))
    : options.sort(
        (a, b) => b.count - a.count || a.label.localeCompare(b.label, 'en'),
      );
}

function stateRank(state: string): number {
  return orderedTargetStates.indexOf(state as TargetState);
}

function labelOf(list: FilterList, value: string): string {
  if (list === 'states') return targetStateLabel(value);
  if (list === 'failureKinds') return failureKindLabel(value);
  if (list === 'owners') return shortEntityName(value);
  return value;
}
