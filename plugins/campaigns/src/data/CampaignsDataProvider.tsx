import { PropsWithChildren, createContext, useContext, useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { QueryClientProvider } from '@tanstack/react-query';
import { CampaignsApi } from '@skein/plugin-campaigns-common';
import { campaignsApiRef } from '../campaignsApiRef';
import { DataStore, dataStoreOf } from './dataStore';
import { useSignalRefresh } from './useSignalRefresh';

interface CampaignsData {
  api: CampaignsApi;
  store: DataStore;
}

const CampaignsDataContext = createContext<CampaignsData | undefined>(
  undefined,
);

/** Around everything that shows campaigns: one cache, kept fresh by signals. */
export function CampaignsDataProvider(props: PropsWithChildren<{}>) {
  const api = useApi(campaignsApiRef);
  const data = useMemo(() => ({ api, store: dataStoreOf(api) }), [api]);
  return (
    <QueryClientProvider client={data.store.client}>
      <CampaignsDataContext.Provider value={data}>
        <SignalRefresh store={data.store} />
        {props.children}
      </CampaignsDataContext.Provider>
    </QueryClientProvider>
  );
}

export function useCampaignsData(): CampaignsData {
  const data = useContext(CampaignsDataContext);
  if (!data) {
    throw new Error('Campaign data is read outside of CampaignsDataProvider');
  }
  return data;
}

/** On its own, so that a signal does not render the page. */
function SignalRefresh(props: { store: DataStore }) {
  useSignalRefresh(props.store);
  return <></>;
}
