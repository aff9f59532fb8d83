import {
  createApiFactory,
  createPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { CampaignsClient } from '@skein/plugin-campaigns-common';
import { campaignsApiRef } from './campaignsApiRef';
import {
  campaignRouteRef,
  campaignsRouteRef,
  codeSearchRouteRef,
  statusRouteRef,
  targetRouteRef,
} from './routes';

/** The plugin for an app of the older frontend system. @public */
export const campaignsPlugin = createPlugin({
  id: 'campaigns',
  apis: [
    createApiFactory({
      api: campaignsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new CampaignsClient(apis),
    }),
  ],
  routes: {
    root: campaignsRouteRef,
    campaign: campaignRouteRef,
    target: targetRouteRef,
    codeSearch: codeSearchRouteRef,
    status: statusRouteRef,
  },
});
