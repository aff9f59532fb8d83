import { QueryClient } from '@tanstack/react-query';
import { CampaignsApi } from '@skein/plugin-campaigns-common';

/** The cache of one API instance, and when a signal last came. */
export interface DataStore {
  client: QueryClient;
  lastSignalAt?: number;
}

const stores = new WeakMap<CampaignsApi, DataStore>();

/**
 * One cache for each API instance: pages, tabs and cards of an app share what
 * they have read, and a test that brings its own API starts empty.
 */
export function dataStoreOf(api: CampaignsApi): DataStore {
  let store = stores.get(api);
  if (!store) {
    store = {
      client: new QueryClient({
        defaultOptions: {
          // Every page shows its own error with a button, and polls anyway.
          queries: { retry: false, staleTime: 1_000 },
          mutations: { retry: false },
        },
      }),
    };
    stores.set(api, store);
  }
  return store;
}
