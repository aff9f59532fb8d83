import {
  LineageGraph,
  LineageNode,
  TargetState,
} from '@skein/plugin-campaigns-common';

/** What is looked at; an empty list is no condition. */
export interface LineageFilter {
  frameworks: string[];
  /** Entity refs. */
  owners: string[];
  states: TargetState[];
}

/** No condition. */
export const noFilter: LineageFilter = {
  frameworks: [],
  owners: [],
  states: [],
};

/** Whether anything is left out. */
export function isNarrowed(filter: LineageFilter): boolean {
  return Object.values(filter).some(list => list.length > 0);
}

/** All nodes but the root that a filter leaves. */
export function filterLineage(
  graph: Pick<LineageGraph, 'nodes' | 'root'>,
  filter: LineageFilter,
): LineageNode[] {
  const { frameworks, owners, states } = filter;
  return graph.nodes.filter(
    ({ id, framework, ownerRef, migration }) =>
      id !== graph.root?.id &&
      meets(frameworks, framework) &&
      meets(owners, ownerRef) &&
      meets(states, migration?.state),
  );
}

/** Nodes with words in name, owner or framework; all where there are no words. */
export function searchLineage(
  nodes: LineageNode[],
  words: string,
): LineageNode[] {
  const wanted = words.trim().toLocaleLowerCase('en-US');
  if (!wanted) return nodes;
  return nodes.filter(({ title, name, ownerRef = '', framework = '' }) =>
    `${title}\n${name}\n${ownerRef}\n${framework}`
      .toLocaleLowerCase('en-US')
      .includes(wanted),
  );
}

function meets<T extends string>(wanted: T[], value: T | undefined): boolean {
  return wanted.length === 0 || (value !== undefined && wanted.includes(value));
}
