import express from 'express';
import { Admin } from '../admin/Admin';
import { adminRouter } from '../admin/adminRouter';
import { notFound } from '../domain/ApiError';
import type { Forge } from '../domain/Forge';
import { graphqlRouter } from '../graphql/graphqlRouter';
import { pagesRouter } from '../pages/pagesRouter';
import { restRoutes } from '../rest/restRoutes';
import { AccountRow } from '../store/rows';
import { apiGate } from './apiGate';
import { gitHttp } from './gitHttp';
import { sendError } from './sendError';

/** All that the forge answers, put together. */
export function createApp(
  forge: Forge,
  admin: Admin,
  options: { adminToken: string; webUser: AccountRow },
): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/_admin', adminRouter(forge, admin, options.adminToken));
  const json = express.json({ limit: '100mb', type: () => true });

  app.use(
    '/api/v3',
    apiGate(forge, request => ({ method: request.method, path: request.path })),
    json,
    restRoutes(forge).router,
    () => {
      throw notFound();
    },
  );
  app.use('/api/graphql', json, graphqlRouter(forge));
  app.use('/api', sendError);
  app.use(gitHttp(forge));
  app.use(pagesRouter(forge, options.webUser));
  app.use(sendError);
  return app;
}
