import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  TargetsView,
  formatTargetsView,
  parseTargetsView,
} from '../../../targetFilters/targetFilterParams';

/** Filter, order and page of the targets, kept in the address. */
export function useTargetsView(): [
  TargetsView,
  (change: Partial<TargetsView>) => void,
] {
  const [parameters, setParameters] = useSearchParams();
  const view = useMemo(() => parseTargetsView(parameters), [parameters]);
  const setView = useCallback(
    (change: Partial<TargetsView>) =>
      setParameters(
        current =>
          formatTargetsView({
            ...parseTargetsView(current),
            // Another filter or order begins at its first page.
            page: 0,
            ...change,
          }),
        { replace: true },
      ),
    [setParameters],
  );
  return [view, setView];
}
