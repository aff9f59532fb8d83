import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The list of campaigns. @public */
export const campaignsRouteRef = createRouteRef({ id: 'campaigns' });

/** Code search over all repositories. @public */
export const codeSearchRouteRef = createSubRouteRef({
  id: 'campaigns/search',
  parent: campaignsRouteRef,
  path: '/search',
});

/** What the installation can do, and what confines its jobs. @public */
export const statusRouteRef = createSubRouteRef({
  id: 'campaigns/status',
  parent: campaignsRouteRef,
  path: '/status',
});

/** A campaign, by name. @public */
export const campaignRouteRef = createSubRouteRef({
  id: 'campaigns/campaign',
  parent: campaignsRouteRef,
  path: '/:name',
});

/** A target of a campaign, by id. @public */
export const targetRouteRef = createSubRouteRef({
  id: 'campaigns/target',
  parent: campaignsRouteRef,
  path: '/:name/targets/:targetId',
});
