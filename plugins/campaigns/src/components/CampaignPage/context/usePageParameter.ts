import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The page of a list, 0-based, kept in the address as people count. */
export function usePageParameter(): [number, (page: number) => void] {
  const [parameters, setParameters] = useSearchParams();
  const written = Number(parameters.get('page'));
  const page = Number.isInteger(written) && written > 1 ? written - 1 : 0;
  const setPage = useCallback(
    (next: number) =>
      setParameters(
        current => {
          const changed = new URLSearchParams(current);
          if (next > 0) changed.set('page', String(next + 1));
          else changed.delete('page');
          return changed;
        },
        { replace: true },
      ),
    [setParameters],
  );
  return [page, setPage];
}
