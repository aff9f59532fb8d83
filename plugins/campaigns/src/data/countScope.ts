import { Target, TargetFacets } from '@skein/plugin-campaigns-common';

export interface ScopeCounts {
  /** Targets in scope by framework. */
  frameworks: Record<string, number>;
  /** Targets in scope by entity ref of their owner, where it is known. */
  owners: Record<string, number>;
}

/** Counts of what is in scope: those of all targets without the ones that are not. */
export function countScope(
  facets: Pick<TargetFacets, 'frameworks' | 'owners'>,
  others: Array<Pick<Target, 'framework' | 'ownerRef'>>,
): ScopeCounts {
  return {
    frameworks: without(
      facets.frameworks,
      others.map(({ framework }) => framework),
    ),
    owners: without(
      facets.owners,
      others.map(({ ownerRef }) => ownerRef),
    ),
  };
}

function without(
  counts: Record<string, number>,
  names: Array<string | undefined>,
): Record<string, number> {
  const left = new Map(Object.entries(counts));
  for (const name of names) {
    if (name !== undefined) left.set(name, (left.get(name) ?? 0) - 1);
  }
  return Object.fromEntries([...left].filter(([, count]) => count > 0));
}
