import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { CampaignsClient } from '@skein/plugin-campaigns-common';
import { campaignsApiRef } from '../campaignsApiRef';
import { CampaignsIcon } from '../components/CampaignsIcon';
import { canHaveMigrations, isDataset } from '../entityPredicates';
import {
  campaignRouteRef,
  campaignsRouteRef,
  codeSearchRouteRef,
  statusRouteRef,
  targetRouteRef,
} from '../routes';

const campaignsApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: campaignsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new CampaignsClient(apis),
    }),
});

const campaignsPage = PageBlueprint.make({
  params: {
    path: '/campaigns',
    title: 'Campaigns',
    icon: <CampaignsIcon fontSize="inherit" />,
    routeRef: campaignsRouteRef,
    loader: () =>
      import('../components/CampaignsRouter').then(m => (
        <m.CampaignsRouter frame="plain" />
      )),
  },
});

const entityLineageContent = EntityContentBlueprint.make({
  name: 'lineage',
  params: {
    path: '/lineage',
    title: 'Lineage',
    filter: isDataset,
    loader: () =>
      import('../components/EntityLineageContent').then(m => (
        <m.EntityLineageContent />
      )),
  },
});

const entityMigrationsContent = EntityContentBlueprint.make({
  name: 'migrations',
  params: {
    path: '/migrations',
    title: 'Migrations',
    filter: canHaveMigrations,
    loader: () =>
      import('../components/EntityMigrationsContent').then(m => (
        <m.EntityMigrationsContent />
      )),
  },
});

const entityMigrationsCard = EntityCardBlueprint.make({
  name: 'migrations',
  params: {
    type: 'info',
    filter: canHaveMigrations,
    loader: () =>
      import('../components/EntityMigrationsCard').then(m => (
        <m.EntityMigrationsCard />
      )),
  },
});

export default createFrontendPlugin({
  pluginId: 'campaigns',
  title: 'Campaigns',
  icon: <CampaignsIcon fontSize="inherit" />,
  info: { packageJson: () => import('../../package.json') },
  routes: {
    root: campaignsRouteRef,
    campaign: campaignRouteRef,
    target: targetRouteRef,
    codeSearch: codeSearchRouteRef,
    status: statusRouteRef,
  },
  extensions: [
    campaignsApi,
    campaignsPage,
    entityLineageContent,
    entityMigrationsContent,
    entityMigrationsCard,
  ],
});
