import { useEffect, useRef } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';
import { DataStore } from './dataStore';
import { isTouched } from './isTouched';

/** A burst of signals becomes one refresh in this time. */
const quietMs = 750;

/** Reads again what is shown, soon after the backend says that something changed. */
export function useSignalRefresh(store: DataStore) {
  const { lastSignal } = useSignal<{ campaignId: string }>('campaigns');
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const changed = useRef(new Set<string>());

  useEffect(() => {
    if (!lastSignal) return;
    store.lastSignalAt = Date.now();
    changed.current.add(lastSignal.campaignId);
    // Not pushed forward by further signals: a steady stream must not starve the page.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const campaignIds = changed.current;
      changed.current = new Set();
      store.client.invalidateQueries({
        predicate: query => isTouched(query, campaignIds),
      });
    }, quietMs);
  }, [lastSignal, store]);

  useEffect(() => () => clearTimeout(timer.current), []);
}
