import { randomUUID } from 'node:crypto';
import { ApiError, notFound, validationFailed } from '../../domain/ApiError';
import { DeliveryRow, HookRow, RepositoryRow } from '../../store/rows';
import { presentRepository, repositoryApi } from '../../views/repositories';
import { presentOrganization, presentUser } from '../../views/users';
import {
  optionalBoolean,
  optionalObject,
  optionalText,
  requiredText,
  textList,
} from '../fields';
import { pageReply } from '../paginate';
import { ApiRequest, Routes } from '../Routes';
import { organizationOf } from './accounts';

function presentHook(request: ApiRequest, hook: HookRow) {
  const { forge } = request;
  const repository =
    hook.repositoryId === undefined
      ? undefined
      : forge.store.repositories.require(hook.repositoryId);
  const api = repository
    ? repositoryApi(forge, repository, `/hooks/${hook.id}`)
    : forge.api(
        `/orgs/${
          forge.store.accounts.require(hook.organizationId!).login
        }/hooks/${hook.id}`,
      );
  const [last] = forge.store.deliveries.find(
    { hookId: hook.id },
    { descending: true, limit: 1 },
  );
  return {
    type: repository ? 'Repository' : 'Organization',
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: {
      content_type: hook.contentType,
      insecure_ssl: '0',
      url: hook.url,
      ...(hook.secret && { secret: '********' }),
    },
    updated_at: hook.updatedAt,
    created_at: hook.createdAt,
    url: api,
    ping_url: `${api}/pings`,
    deliveries_url: `${api}/deliveries`,
    ...(repository && {
      test_url: `${api}/test`,
      last_response: {
        code: last?.statusCode ?? null,
        status: last?.state ?? 'unused',
        message: last?.error ?? null,
      },
    }),
  };
}

export function presentDelivery(delivery: DeliveryRow) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt ?? delivery.createdAt,
    redelivery: delivery.redelivery,
    duration: (delivery.durationMs ?? 0) / 1000,
    status:
      delivery.state === 'delivered' ? 'OK' : delivery.error ?? delivery.state,
    status_code: delivery.statusCode ?? 0,
    event: delivery.event,
    action: delivery.action ?? null,
    installation_id: delivery.installationId ?? null,
    repository_id: delivery.repositoryId ?? null,
  };
}

function presentDeliveryDetails(hook: HookRow, delivery: DeliveryRow) {
  return {
    ...presentDelivery(delivery),
    url: hook.url,
    request: {
      headers: {
        'X-GitHub-Delivery': delivery.guid,
        'X-GitHub-Event': delivery.event,
      },
      payload: JSON.parse(delivery.payload),
    },
    response: { headers: {}, payload: '' },
  };
}

/** Tells a hook that it is there, as GitHub does once it has been made. */
export function ping(
  request: Pick<ApiRequest, 'forge'>,
  hook: HookRow,
  sender: Parameters<typeof presentUser>[1],
): void {
  const { forge } = request;
  const repository =
    hook.repositoryId !== undefined &&
    forge.store.repositories.require(hook.repositoryId);
  const organization =
    hook.organizationId !== undefined &&
    forge.store.accounts.require(hook.organizationId);
  forge.webhooks.enqueue({
    hook,
    guid: randomUUID(),
    event: 'ping',
    repositoryId: hook.repositoryId,
    payload: {
      zen: 'Design for failure.',
      hook_id: hook.id,
      hook:
        repository || organization
          ? presentHook(request as ApiRequest, hook)
          : { id: hook.id, type: 'App', events: hook.events, active: true },
      ...(repository && { repository: presentRepository(forge, repository) }),
      ...(organization && {
        organization: presentOrganization(forge, organization),
      }),
      sender: presentUser(forge, sender),
    },
  });
}

function createHook(
  request: ApiRequest,
  owner: Pick<HookRow, 'repositoryId' | 'organizationId'>,
): HookRow {
  const { forge, body } = request;
  const config = optionalObject(body, 'config') ?? {};
  const url = requiredText(config, 'url');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw validationFailed({
      resource: 'Hook',
      code: 'custom',
      field: 'url',
      message: 'url is malformed',
    });
  }
  if (forge.store.hooks.find(owner).some(hook => hook.url === url)) {
    throw new ApiError(422, 'Validation Failed', [
      {
        resource: 'Hook',
        code: 'custom',
        message: 'Hook already exists on this repository',
      },
    ]);
  }
  const events = textList(body, 'events');
  const hook = forge.store.hooks.insert({
    ...owner,
    url,
    secret: optionalText(config, 'secret'),
    events: events.length > 0 ? events : ['push'],
    active: optionalBoolean(body, 'active') ?? true,
    contentType: config.content_type === 'json' ? 'json' : 'form',
    createdAt: forge.now(),
    updatedAt: forge.now(),
  });
  ping(request, hook, request.account());
  return hook;
}

/** Hooks of repositories, organisations and the app itself, and what they were sent. */
export function hookRoutes(routes: Routes): void {
  const repositoryOf = (
    request: ApiRequest,
    level: 'read' | 'admin' = 'admin',
  ): RepositoryRow => request.repository('repository_hooks', level);
  const adminOf = (request: ApiRequest) => {
    const organization = organizationOf(request);
    const membership = request.forge.store.memberships.findOne({
      organizationId: organization.id,
      userId: request.account().id,
    });
    if (membership?.role !== 'admin') {
      throw notFound();
    }
    return organization;
  };

  const places = [
    {
      base: '/repos/:owner/:repo/hooks',
      owner: (request: ApiRequest) => ({
        repositoryId: repositoryOf(request).id,
      }),
    },
    {
      base: '/orgs/:org/hooks',
      owner: (request: ApiRequest) => ({ organizationId: adminOf(request).id }),
    },
  ];
  for (const { base, owner } of places) {
    const find = (request: ApiRequest) => {
      const hook = request.forge.store.hooks.findOne({
        ...owner(request),
        id: request.number('hook'),
      });
      if (!hook) {
        throw notFound();
      }
      return hook;
    };
    routes.on('GET', base, request =>
      pageReply(request, request.forge.store.hooks.find(owner(request)), hook =>
        presentHook(request, hook),
      ),
    );
    routes.on('POST', base, request => {
      const json = presentHook(request, createHook(request, owner(request)));
      return { status: 201, json, headers: { location: json.url } };
    });
    routes.on('GET', `${base}/:hook`, request => ({
      json: presentHook(request, find(request)),
    }));
    routes.on('DELETE', `${base}/:hook`, request => {
      request.forge.store.hooks.delete({ id: find(request).id });
      return { status: 204 };
    });
    routes.on('POST', `${base}/:hook/pings`, request => {
      ping(request, find(request), request.account());
      return { status: 204 };
    });
    deliveryRoutes(routes, `${base}/:hook/deliveries`, find);
  }
  deliveryRoutes(routes, '/app/hook/deliveries', request => {
    const hook =
      request.actor.kind === 'app' &&
      request.forge.store.hooks.findOne({ appId: request.actor.app.id });
    if (!hook) {
      throw notFound();
    }
    return hook;
  });
}

function deliveryRoutes(
  routes: Routes,
  base: string,
  find: (request: ApiRequest) => HookRow,
): void {
  const one = (request: ApiRequest) => {
    const hook = find(request);
    const delivery = request.forge.store.deliveries.get(
      request.number('delivery'),
    );
    if (!delivery || delivery.hookId !== hook.id) {
      throw notFound();
    }
    return { hook, delivery };
  };
  routes.on('GET', base, request =>
    pageReply(
      request,
      request.forge.store.deliveries.find(
        { hookId: find(request).id },
        { descending: true },
      ),
      presentDelivery,
    ),
  );
  routes.on('GET', `${base}/:delivery`, request => {
    const { hook, delivery } = one(request);
    return { json: presentDeliveryDetails(hook, delivery) };
  });
  routes.on('POST', `${base}/:delivery/attempts`, request => {
    request.forge.webhooks.redeliver(one(request).delivery);
    return { status: 202, json: {} };
  });
}
