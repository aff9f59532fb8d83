import { createHash } from 'node:crypto';
import express from 'express';
import { Actor, identityOf } from '../domain/Actor';
import { ApiError, notFound } from '../domain/ApiError';
import { Permission, requireAccess } from '../domain/access';
import { RateResource } from '../behaviour/RateLimiter';
import type { Forge } from '../domain/Forge';
import { AccountRow, RepositoryRow } from '../store/rows';

/** What a route is given of a request. */
export class ApiRequest {
  constructor(
    readonly forge: Forge,
    readonly actor: Actor,
    readonly raw: express.Request,
  ) {}

  param(name: string): string {
    return this.raw.params[name] ?? '';
  }

  /** A number of the path. @throws ApiError 404 when it is none */
  number(name: string): number {
    const value = this.param(name);
    if (!/^\d{1,15}$/.test(value)) {
      throw notFound();
    }
    return Number(value);
  }

  query(name: string): string | undefined {
    const value = this.raw.query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  get body(): Record<string, unknown> {
    const body: unknown = this.raw.body;
    return typeof body === 'object' && body !== null
      ? (body as Record<string, unknown>)
      : {};
  }

  accepts(mediaType: string): boolean {
    return this.raw.headers.accept?.includes(mediaType) ?? false;
  }

  /** The account that a change is made by. @throws ApiError 401 without one */
  account(): AccountRow {
    if (this.actor.kind === 'user' || this.actor.kind === 'installation') {
      return this.actor.account;
    }
    throw this.actor.kind === 'app'
      ? new ApiError(403, 'Resource not accessible by integration')
      : new ApiError(401, 'Requires authentication');
  }

  /** The repository of the path, if the actor may do this with it. */
  repository(
    permission: Permission = 'metadata',
    level: 'read' | 'write' | 'admin' = 'read',
  ): RepositoryRow {
    return requireAccess(
      this.forge.store,
      this.actor,
      this.forge.store.repository(this.param('owner'), this.param('repo')),
      permission,
      level,
    );
  }
}

export interface Reply {
  status?: number;
  /** Sent as JSON; undefined sends nothing */
  json?: unknown;
  /** Sent as it is, with its media type */
  raw?: { content: Buffer | string; type: string };
  headers?: Record<string, string>;
}

export type Handler = (request: ApiRequest) => Reply | Promise<Reply>;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The REST routes, each a function from a request to a reply. */
export class Routes {
  readonly router = express.Router({ caseSensitive: true });
  /** `METHOD /path` of each route, for tests to go through */
  readonly served: string[] = [];

  constructor(private readonly forge: Forge) {}

  on(
    method: Method,
    path: string,
    handler: Handler,
    resource: RateResource = 'core',
  ): void {
    this.served.push(`${method} ${path}`);
    const verb = method.toLowerCase() as 'get';
    this.router[verb](path, async (raw, response, next) => {
      const actor: Actor = response.locals.actor;
      const identity = identityOf(actor);
      const name = `${method} ${path}`;
      this.forge.requests.set(name, (this.forge.requests.get(name) ?? 0) + 1);
      try {
        const { limiter } = this.forge;
        const counted = path !== '/rate_limit';
        const allowed = !counted || limiter.take(identity, resource);
        sendRate(response, this.forge, identity, resource);
        if (!allowed) {
          throw rateLimited(this.forge, actor);
        }
        const reply = await handler(new ApiRequest(this.forge, actor, raw));
        if (response.locals.failAfter) {
          throw new ApiError(response.locals.failAfter, 'Server Error');
        }
        if (send(raw, response, reply) && counted) {
          limiter.giveBack(identity, resource);
        }
      } catch (error) {
        next(error);
      }
    });
  }
}

function sendRate(
  response: express.Response,
  forge: Forge,
  identity: string,
  resource: RateResource,
): void {
  const rate = forge.limiter.state(identity, resource);
  response.set({
    'x-ratelimit-limit': String(rate.limit),
    'x-ratelimit-remaining': String(rate.remaining),
    'x-ratelimit-used': String(rate.used),
    'x-ratelimit-reset': String(rate.reset),
    'x-ratelimit-resource': resource,
  });
}

export function rateLimited(forge: Forge, actor: Actor): ApiError {
  const who =
    actor.kind === 'installation'
      ? `installation ID ${actor.installation.id}`
      : `user ID ${actor.kind === 'user' ? actor.account.id : 0}`;
  return new ApiError(
    forge.behaviour.current.primaryLimit.status,
    `API rate limit exceeded for ${who}.`,
  );
}

/** Sends a reply with its ETag; true when the caller's copy is still good. */
function send(
  request: express.Request,
  response: express.Response,
  reply: Reply,
): boolean {
  const content =
    reply.raw?.content ??
    (reply.json === undefined ? '' : JSON.stringify(reply.json));
  const status = reply.status ?? 200;
  response.status(status).set(reply.headers ?? {});
  if (request.method === 'GET' && status === 200) {
    const etag = `W/"${createHash('sha256')
      .update(content)
      .update(reply.headers?.link ?? '')
      .digest('hex')}"`;
    response.set({ etag, 'cache-control': 'private, max-age=60, s-maxage=60' });
    if (request.headers['if-none-match']?.includes(etag.slice(2))) {
      response.status(304).end();
      return true;
    }
  }
  if (reply.raw) {
    response.set('content-type', reply.raw.type).end(content);
  } else if (reply.json === undefined) {
    response.end();
  } else {
    response
      .set('content-type', 'application/json; charset=utf-8')
      .end(content);
  }
  return false;
}
