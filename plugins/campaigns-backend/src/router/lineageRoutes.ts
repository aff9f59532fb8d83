import {
  lineageReadPermission,
  lineageRefreshPermission,
  targetReadPermission,
} from '@skein/plugin-campaigns-common';
import { Router } from 'express';
import { ColumnLineageQuery } from '../lineage';
import { audited } from './audited';
import { RouterOptions } from './RouterOptions';

/** Routes for lineage. */
export function addLineageRoutes(router: Router, options: RouterOptions) {
  const { auditor, authorizer, lineage } = options;

  router.get('/lineage', async (request, response) => {
    const caller = await authorizer.identify(request);
    await authorizer.require(caller, lineageReadPermission);
    const {
      dataset,
      direction = 'downstream',
      depth = 5,
      limit,
    } = request.query as unknown as {
      dataset: string;
      direction?: 'downstream' | 'upstream' | 'both';
      depth?: number;
      limit?: number;
    };
    const readable = await authorizer.filter(caller, targetReadPermission);
    response.json(
      await lineage.query({ dataset, direction, depth, limit }, readable),
    );
  });

  router.get('/lineage/datasets', async (request, response) => {
    const caller = await authorizer.identify(request);
    await authorizer.require(caller, lineageReadPermission);
    const { after, limit } = request.query as unknown as {
      after?: string;
      limit?: number;
    };
    response.json(await lineage.listDatasets({ after, limit }));
  });

  router.get('/lineage/columns', async (request, response) => {
    const caller = await authorizer.identify(request);
    await authorizer.require(caller, lineageReadPermission);
    response.json(
      await lineage.queryColumns(
        request.query as unknown as ColumnLineageQuery,
      ),
    );
  });

  router.get('/lineage/providers', async (request, response) => {
    const caller = await authorizer.identify(request);
    await authorizer.require(caller, lineageReadPermission);
    response.json({ items: await lineage.listProviders() });
  });

  router.post('/lineage/refresh', async (request, response) => {
    const caller = await authorizer.identify(request);
    await audited(auditor, request, 'lineage-refresh', {}, async () => {
      await authorizer.require(caller, lineageRefreshPermission);
      await lineage.refresh();
    });
    response.status(204).end();
  });
}
