import {
  createComponentExtension,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { campaignsPlugin } from './plugin';
import { campaignsRouteRef } from './routes';

/** All pages of campaigns; mount it at `/campaigns`. @public */
export const CampaignsPage = campaignsPlugin.provide(
  createRoutableExtension({
    name: 'CampaignsPage',
    component: () =>
      import('./components/CampaignsRouter').then(m => m.CampaignsRouter),
    mountPoint: campaignsRouteRef,
  }),
);

/** Lineage of a dataset, for the entity page of a Resource. @public */
export const EntityLineageContent = campaignsPlugin.provide(
  createComponentExtension({
    name: 'EntityLineageContent',
    component: {
      lazy: () =>
        import('./components/EntityLineageContent').then(
          m => m.EntityLineageContent,
        ),
    },
  }),
);

/** Targets of a Component, or of what a Group or User owns, for its entity page. @public */
export const EntityMigrationsContent = campaignsPlugin.provide(
  createComponentExtension({
    name: 'EntityMigrationsContent',
    component: {
      lazy: () =>
        import('./components/EntityMigrationsContent').then(
          m => m.EntityMigrationsContent,
        ),
    },
  }),
);

/** The same in short, for the overview of an entity page. @public */
export const EntityMigrationsCard = campaignsPlugin.provide(
  createComponentExtension({
    name: 'EntityMigrationsCard',
    component: {
      lazy: () =>
        import('./components/EntityMigrationsCard').then(
          m => m.EntityMigrationsCard,
        ),
    },
  }),
);
