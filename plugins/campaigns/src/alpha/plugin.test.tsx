import { screen } from '@testing-library/react';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { InMemoryCampaigns } from '../../dev/fixture';
import * as legacy from '..';
import { campaignsApiRef } from '../campaignsApiRef';
import plugin from './plugin';

const apis = [
  [campaignsApiRef, new InMemoryCampaigns()],
  [
    permissionApiRef,
    { authorize: async () => ({ result: AuthorizeResult.ALLOW }) },
  ],
] as const;

describe('the plugin in the new frontend system', () => {
  it('serves its pages', async () => {
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/campaigns/retire-users-v1'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [...apis],
    });

    expect(
      await screen.findByText('3 of 30 targets done (10 %).'),
    ).toBeInTheDocument();
  });

  it('gives a dataset a lineage tab', async () => {
    renderTestApp({
      features: [plugin],
      extensions: [
        createTestEntityPage({
          entity: {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Resource',
            metadata: { name: 'user_data.users_v1', namespace: 'default' },
            spec: { type: 'dataset' },
          },
        }),
      ],
      apis: [...apis],
    });

    expect(
      await screen.findByRole('table', { name: 'Lineage' }),
    ).toBeInTheDocument();
  });
});

describe('the plugin for an older app', () => {
  it('exports the same as components', () => {
    expect(legacy.campaignsPlugin.getId()).toBe('campaigns');
    expect([...legacy.campaignsPlugin.getApis()]).toHaveLength(1);
    for (const component of [
      legacy.CampaignsPage,
      legacy.EntityLineageContent,
      legacy.EntityMigrationsContent,
      legacy.EntityMigrationsCard,
    ]) {
      expect(typeof component).toBe('function');
    }
  });
});
