import { useEffect, useRef } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';
import { DataStore } from './dataStore';

/** A burst of signals becomes one refresh in this time. */
const quietMs = 750;

/** Reads again what is shown, soon after the backend says that something changed. */
export function useSignalRefresh(store: DataStore) {
  const { lastSignal } = useSignal('campaigns');
  const timer = useRef<ReturnType<typeof setTimeout>>();

  useEffect(() => {
    if (!lastSignal) return;
    store.lastSignalAt = Date.now();
    // Not pushed forward by further signals: a steady stream must not starve the page.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      store.client.invalidateQueries({
        predicate: query => query.meta?.live === true,
      });
    }, quietMs);
  }, [lastSignal, store]);

  useEffect(() => () => clearTimeout(timer.current), []);
}
