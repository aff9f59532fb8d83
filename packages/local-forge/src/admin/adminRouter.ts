import { timingSafeEqual } from 'node:crypto';
import express from 'express';
import type { Forge } from '../domain/Forge';
import { hashToken } from '../rest/authenticate';
import type { Admin } from './Admin';

/**
 * The admin interface over HTTP, so that another process can drive the forge.
 * Every request needs `Authorization: Bearer <admin token>`.
 */
export function adminRouter(
  forge: Forge,
  admin: Admin,
  token: string,
): express.Router {
  const router = express.Router();
  const expected = Buffer.from(hashToken(token));
  router.use((request, response, next) => {
    const given = (request.headers.authorization ?? '').replace(
      /^(bearer|token) /i,
      '',
    );
    if (!timingSafeEqual(Buffer.from(hashToken(given)), expected)) {
      response.status(401).json({ message: 'The admin token is wrong' });
      return;
    }
    next();
  });
  router.use(express.json({ limit: '50mb' }));

  const post = (path: string, work: (body: any) => unknown) =>
    router.post(path, async (request, response, next) => {
      try {
        response.json((await work(request.body ?? {})) ?? {});
      } catch (error) {
        next(error);
      }
    });
  post('/organizations', body => admin.createOrganization(body));
  post('/users', body => admin.createUser(body));
  post('/teams', body => admin.createTeam(body));
  post('/repositories', body => admin.createRepository(body));
  post('/repositories/protect', body =>
    admin.protectRepository(body.owner, body.name, body.rules ?? {}),
  );
  post('/job-logs', body => admin.setJobLog(body));
  post('/apps', body => admin.createApp(body));
  post('/installations', body => admin.installApp(body));
  post('/tokens', body => ({ token: admin.createToken(body) }));
  post('/webhooks', body => admin.createWebhook(body));
  post('/behaviour', body => {
    forge.behaviour.set(body);
    return forge.behaviour.current;
  });
  post('/behaviour/reset', () => {
    forge.behaviour.reset();
    return forge.behaviour.current;
  });
  post('/counters/reset', () => admin.resetCounts());
  post('/deliveries/redeliver', body => admin.redeliver(Number(body.id)));

  router.get('/behaviour', (_, response) =>
    response.json(forge.behaviour.current),
  );
  router.get('/counters', (_, response) =>
    response.json(admin.requestCounts()),
  );
  router.get('/deliveries', (request, response) =>
    response.json(admin.deliveries(Number(request.query.limit ?? 100))),
  );

  const statusOf: Record<string, number> = {
    InputError: 400,
    NotFoundError: 404,
    ConflictError: 409,
  };
  const sendFailure: express.ErrorRequestHandler = (
    error,
    _request,
    response,
    _next,
  ) => {
    response
      .status(statusOf[error.name] ?? error.status ?? 500)
      .json({ message: String(error.message) });
  };
  router.use(sendFailure);
  return router;
}
