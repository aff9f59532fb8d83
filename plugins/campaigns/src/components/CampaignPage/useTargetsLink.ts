import { useCallback } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { TargetFilter } from '@skein/plugin-campaigns-common';
import { campaignRouteRef } from '../../routes';
import {
  formatTargetsView,
  parseTargetsView,
} from '../../targetFilters/targetFilterParams';

/** Addresses of the targets tab with a filter set. */
export function useTargetsLink(name: string): (filter: TargetFilter) => string {
  const campaignPath = useRouteRef(campaignRouteRef);
  return useCallback(
    filter => {
      const usual = parseTargetsView(new URLSearchParams());
      const search = formatTargetsView({ ...usual, filter }).toString();
      const path = `${campaignPath({ name })}/targets`;
      return search ? `${path}?${search}` : path;
    },
    [campaignPath, name],
  );
}
