import { ReactElement } from 'react';
import { Entity } from '@backstage/catalog-model';
import { alertApiRef } from '@backstage/core-plugin-api';
import {
  EntityProvider,
  catalogApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import { act } from '@testing-library/react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { SWRConfig } from 'swr';
import { InMemoryCampaigns } from '../../dev/fixture';
import { campaignsApiRef } from '../campaignsApiRef';
import { CampaignsRouter } from '../components/CampaignsRouter';
import { campaignsRouteRef } from '../routes';

export interface RenderOptions {
  api?: InMemoryCampaigns;
  /** Names of permissions that the reader does not have. */
  denied?: string[];
}

/** The pages at an address, on made-up data. */
export async function renderCampaigns(
  path: string,
  options: RenderOptions = {},
) {
  return renderWithApis(
    <Routes>
      <Route path="/campaigns/*" element={<CampaignsRouter />} />
    </Routes>,
    path,
    options,
  );
}

/** A tab or card of an entity. */
export async function renderOnEntity(
  entity: Entity,
  element: ReactElement,
  options: RenderOptions = {},
) {
  return renderWithApis(
    <EntityProvider entity={entity}>{element}</EntityProvider>,
    '/campaigns',
    options,
  );
}

async function renderWithApis(
  element: ReactElement,
  path: string,
  { api = new InMemoryCampaigns(), denied = [] }: RenderOptions,
) {
  const alerts: string[] = [];
  const subscribers = new Set<(message: any) => void>();
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [campaignsApiRef, api],
        [catalogApiRef, catalogApiMock()],
        [
          permissionApiRef,
          {
            authorize: async ({ permission }: any) => ({
              result: denied.includes(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            }),
          },
        ],
        [
          signalApiRef,
          {
            subscribe: (_channel: string, onMessage: any) => {
              subscribers.add(onMessage);
              return { unsubscribe: () => subscribers.delete(onMessage) };
            },
          },
        ],
        [
          alertApiRef,
          {
            post: ({ message }: { message: string }) => alerts.push(message),
            alert$: () => ({ subscribe: () => ({ unsubscribe() {} }) }),
          } as any,
        ],
      ]}
    >
      <SWRConfig value={{ provider: () => new Map() }}>{element}</SWRConfig>
      <Address />
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/campaigns': campaignsRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return {
    api,
    alerts,
    signal: () =>
      act(() =>
        subscribers.forEach(subscriber => subscriber({ campaignId: 'c1' })),
      ),
  };
}

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{`${pathname}${search}`}</output>;
}
