import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import campaignsPlugin from '../src/alpha';
import { campaignsApiRef } from '../src/campaignsApiRef';
import { InMemoryCampaigns, fixtureEntities } from './fixture';

/** Something happens this often, as it would in a campaign that runs; `?still` for pictures. */
const stepMs = 6_000;

const campaigns = new InMemoryCampaigns();
const subscribers = new Set<(message: any) => void>();
const signals: SignalApi = {
  subscribe(_channel, onMessage) {
    subscribers.add(onMessage);
    return { unsubscribe: () => subscribers.delete(onMessage) };
  },
};

if (!window.location.search.includes('still')) {
  setInterval(() => {
    campaigns.advance();
    for (const subscriber of subscribers) subscriber({ campaignId: 'c1' });
  }, stepMs);
}

createDevApp({
  features: [
    catalogPlugin,
    campaignsPlugin,
    createFrontendModule({
      pluginId: 'campaigns',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: campaignsApiRef,
              deps: {},
              factory: () => campaigns,
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'catalog',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: catalogApiRef,
              deps: {},
              factory: () => catalogApiMock({ entities: fixtureEntities() }),
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        ApiBlueprint.make({
          name: 'permission',
          params: defineParams =>
            defineParams({
              api: permissionApiRef,
              deps: {},
              factory: () => ({
                authorize: async () => ({ result: AuthorizeResult.ALLOW }),
              }),
            }),
        }),
        ApiBlueprint.make({
          name: 'signals',
          params: defineParams =>
            defineParams({
              api: signalApiRef,
              deps: {},
              factory: () => signals,
            }),
        }),
      ],
    }),
  ],
});
