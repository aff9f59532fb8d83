import { useMemo } from 'react';
import Button from '@material-ui/core/Button';
import { LineageGraph, LineageNode } from '@skein/plugin-campaigns-common';
import { shortEntityName } from '../../format/words';
import {
  LineageFilter,
  isNarrowed,
  noFilter,
} from '../../lineage/lineageFilter';
import { targetStateLabel } from '../../states/targetStates';
import { FilterMenu, FilterOption } from '../shared';

const lists: Array<{
  list: keyof LineageFilter;
  label: string;
  valueOf: (node: LineageNode) => string | undefined;
  labelOf: (value: string) => string;
}> = [
  {
    list: 'frameworks',
    label: 'Framework',
    valueOf: node => node.framework,
    labelOf: value => value,
  },
  {
    list: 'owners',
    label: 'Owner',
    valueOf: node => node.ownerRef,
    labelOf: shortEntityName,
  },
  {
    list: 'states',
    label: 'Migration',
    valueOf: node => node.migration?.state,
    labelOf: targetStateLabel,
  },
];

export interface LineageFiltersProps {
  graph: LineageGraph;
  filter: LineageFilter;
  onFilter: (filter: LineageFilter) => void;
}

/** Narrows picture and table to frameworks, owners and states. */
export function LineageFilters(props: LineageFiltersProps) {
  const { graph, filter, onFilter } = props;
  const options = useMemo(
    () =>
      lists.map(({ valueOf, labelOf }) =>
        optionsOf(graph.nodes, valueOf, labelOf),
      ),
    [graph],
  );
  return (
    <>
      {lists.map(({ list, label }, index) => (
        <FilterMenu
          key={list}
          label={label}
          options={options[index]}
          selected={filter[list]}
          onChange={values => onFilter({ ...filter, [list]: values })}
        />
      ))}
      {isNarrowed(filter) && (
        <Button size="small" onClick={() => onFilter(noFilter)}>
          Clear
        </Button>
      )}
    </>
  );
}

function optionsOf(
  nodes: LineageNode[],
  valueOf: (node: LineageNode) => string | undefined,
  labelOf: (value: string) => string,
): FilterOption[] {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const value = valueOf(node);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, label: labelOf(value), count }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}
