import { useEffect } from 'react';
import { Page } from '@skein/plugin-campaigns-common';

/** Goes back to the last page of a list that has become shorter, or that an old address leads beyond. */
export function useExistingPage(
  list: Page<unknown> | undefined,
  place: { page: number; pageSize: number; onPage: (page: number) => void },
) {
  const { onPage, page, pageSize } = place;
  const beyond = list !== undefined && page > 0 && list.items.length === 0;
  const last = beyond
    ? Math.max(0, Math.ceil(list.totalItems / pageSize) - 1)
    : page;
  useEffect(() => {
    if (last < page) onPage(last);
  }, [last, page, onPage]);
}
