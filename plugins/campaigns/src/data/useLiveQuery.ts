import {
  QueryKey,
  UseQueryResult,
  keepPreviousData,
  useQuery,
} from '@tanstack/react-query';
import { CampaignsApi } from '@skein/plugin-campaigns-common';
import { useCampaignsData } from './CampaignsDataProvider';
import { refreshInterval } from './refreshInterval';

export interface LiveQueryOptions<T> {
  key: QueryKey;
  load: (api: CampaignsApi) => Promise<T>;
  /** Whether what is shown may change by itself within seconds. */
  moving?: (data: T | undefined) => boolean;
  /** The only campaign whose changes matter; undefined where any may. */
  campaignOf?: (data: T | undefined) => string | undefined;
  enabled?: boolean;
  /** Keep showing the page before while another is on its way. */
  keepPrevious?: boolean;
}

/** Data that signals and polling keep true; what was read before stays while it is read again. */
export function useLiveQuery<T>(
  options: LiveQueryOptions<T>,
): UseQueryResult<T, Error> {
  const { api, store } = useCampaignsData();
  return useQuery<T, Error>({
    queryKey: options.key,
    queryFn: () => options.load(api),
    enabled: options.enabled,
    placeholderData: options.keepPrevious ? keepPreviousData : undefined,
    meta: { live: true, campaignOf: options.campaignOf },
    refetchInterval: query =>
      refreshInterval({
        moving: options.moving?.(query.state.data) ?? false,
        lastSignalAt: store.lastSignalAt,
        now: Date.now(),
      }),
  });
}

/** Data that only changes when somebody acts, such as a diff. */
export function useStillQuery<T>(options: {
  key: QueryKey;
  load: (api: CampaignsApi) => Promise<T>;
  enabled?: boolean;
}): UseQueryResult<T, Error> {
  const { api } = useCampaignsData();
  return useQuery<T, Error>({
    queryKey: options.key,
    queryFn: () => options.load(api),
    enabled: options.enabled,
    staleTime: 60_000,
  });
}
