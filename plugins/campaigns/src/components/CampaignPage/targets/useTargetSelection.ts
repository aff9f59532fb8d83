import { useCallback, useEffect, useMemo, useState } from 'react';
import { Target, TargetFilter } from '@skein/plugin-campaigns-common';

export interface TargetSelectionState {
  /** Chosen one by one, over several pages. */
  targets: ReadonlyMap<string, Target>;
  /** Everything that matches the filter, seen or not. */
  allMatching: boolean;
  selectedOn: (targets: Target[]) => ReadonlySet<string>;
  select: (targets: Target[], selected: boolean) => void;
  selectAllMatching: () => void;
  clear: () => void;
}

/** Which targets are chosen; another filter begins with none. */
export function useTargetSelection(filter: TargetFilter): TargetSelectionState {
  const [targets, setTargets] = useState<ReadonlyMap<string, Target>>(
    new Map(),
  );
  const [allMatching, setAllMatching] = useState(false);

  const clear = useCallback(() => {
    setTargets(new Map());
    setAllMatching(false);
  }, []);

  const filterKey = JSON.stringify(filter);
  useEffect(clear, [clear, filterKey]);

  const select = useCallback((chosen: Target[], selected: boolean) => {
    setAllMatching(false);
    setTargets(current => {
      const next = new Map(current);
      for (const target of chosen) {
        if (selected) next.set(target.id, target);
        else next.delete(target.id);
      }
      return next;
    });
  }, []);

  const selectAllMatching = useCallback(() => setAllMatching(true), []);

  return useMemo(
    () => ({
      targets,
      allMatching,
      selectedOn: shown =>
        new Set(
          shown
            .map(({ id }) => id)
            .filter(id => allMatching || targets.has(id)),
        ),
      select,
      selectAllMatching,
      clear,
    }),
    [targets, allMatching, select, selectAllMatching, clear],
  );
}
