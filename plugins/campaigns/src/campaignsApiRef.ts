import { createApiRef } from '@backstage/core-plugin-api';
import { CampaignsApi } from '@skein/plugin-campaigns-common';

/** The campaigns backend plugin, as the pages see it. @public */
export const campaignsApiRef = createApiRef<CampaignsApi>({
  id: 'plugin.campaigns.api',
});
