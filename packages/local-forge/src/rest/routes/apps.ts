import { randomBytes } from 'node:crypto';
import { ApiError, notFound, validationFailed } from '../../domain/ApiError';
import { isoSeconds } from '../../git/parse';
import { AppRow, InstallationRow } from '../../store/rows';
import { presentApp, presentInstallation } from '../../views/checks';
import { presentRepository } from '../../views/repositories';
import { hashToken } from '../authenticate';
import { optionalObject, textList } from '../fields';
import { linkHeader, pageReply, slice } from '../paginate';
import { ApiRequest, Routes } from '../Routes';

const tokenLifeMs = 60 * 60 * 1000;

function appOf(request: ApiRequest): AppRow {
  if (request.actor.kind !== 'app') {
    throw new ApiError(401, 'A JSON web token could not be decoded');
  }
  return request.actor.app;
}

function installationOf(request: ApiRequest): InstallationRow {
  const installation = request.forge.store.installations.get(
    request.number('installation'),
  );
  if (!installation || installation.appId !== appOf(request).id) {
    throw notFound();
  }
  return installation;
}

/** What a GitHub App sees of itself, and its short-lived tokens. */
export function appRoutes(routes: Routes): void {
  routes.on('GET', '/app', request => {
    const app = appOf(request);
    return {
      json: {
        ...presentApp(request.forge, app),
        installations_count: request.forge.store.installations.count({
          appId: app.id,
        }),
      },
    };
  });

  routes.on('GET', '/app/installations', request =>
    pageReply(
      request,
      request.forge.store.installations.find({ appId: appOf(request).id }),
      row => presentInstallation(request.forge, row),
    ),
  );

  routes.on('GET', '/app/installations/:installation', request => ({
    json: presentInstallation(request.forge, installationOf(request)),
  }));

  routes.on('GET', '/orgs/:org/installation', request =>
    byAccount(request, request.param('org')),
  );
  routes.on('GET', '/users/:username/installation', request =>
    byAccount(request, request.param('username')),
  );
  routes.on('GET', '/repos/:owner/:repo/installation', request => {
    const { store } = request.forge;
    const repository = store.repository(
      request.param('owner'),
      request.param('repo'),
    );
    const installation =
      repository &&
      store.installations.findOne({
        appId: appOf(request).id,
        accountId: repository.ownerId,
      });
    if (
      !installation ||
      !(installation.repositoryIds?.includes(repository.id) ?? true)
    ) {
      throw notFound();
    }
    return { json: presentInstallation(request.forge, installation) };
  });

  routes.on(
    'POST',
    '/app/installations/:installation/access_tokens',
    createToken,
  );

  routes.on('GET', '/installation/repositories', request => {
    const { actor, forge } = request;
    if (actor.kind !== 'installation') {
      throw new ApiError(
        403,
        'You must authenticate with an installation access token in order to list repositories for an installation.',
      );
    }
    const chosen = actor.repositoryIds ?? actor.installation.repositoryIds;
    const repositories = forge.store.repositories
      .find({ ownerId: actor.installation.accountId })
      .filter(({ id }) => chosen?.includes(id) ?? true);
    return {
      json: {
        total_count: repositories.length,
        repository_selection: chosen ? 'selected' : 'all',
        repositories: slice(request, repositories).map(repository =>
          presentRepository(forge, repository, actor),
        ),
      },
      headers: linkHeader(request, repositories.length),
    };
  });

  routes.on('DELETE', '/installation/token', request => {
    const header = request.raw.headers.authorization ?? '';
    request.forge.store.tokens.delete({
      hash: hashToken(header.split(' ').pop() ?? ''),
    });
    return { status: 204 };
  });
}

function byAccount(request: ApiRequest, login: string) {
  const app = appOf(request);
  const { store } = request.forge;
  const account = store.account(login);
  const installation =
    account &&
    store.installations.findOne({ appId: app.id, accountId: account.id });
  if (!installation) {
    throw notFound();
  }
  return { json: presentInstallation(request.forge, installation) };
}

function createToken(request: ApiRequest) {
  const { forge, body } = request;
  const installation = installationOf(request);
  const app = appOf(request);
  const owned = forge.store.repositories
    .find({ ownerId: installation.accountId })
    .filter(({ id }) => installation.repositoryIds?.includes(id) ?? true);
  const names = textList(body, 'repositories');
  const ids = Array.isArray(body.repository_ids) ? body.repository_ids : [];
  const chosen = owned.filter(
    ({ id, name }) => names.includes(name) || ids.includes(id),
  );
  if (names.some(name => !owned.some(row => row.name === name))) {
    throw validationFailed(
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  const wanted = optionalObject(body, 'permissions');
  const permissions = Object.fromEntries(
    Object.entries(wanted ?? app.permissions).map(([name, level]) => {
      const granted = app.permissions[name];
      if (!granted || (level === 'write' && granted === 'read')) {
        throw validationFailed(
          'The permissions requested are not granted to this installation.',
        );
      }
      return [name, String(level)];
    }),
  );
  const token = `ghs_${randomBytes(27).toString('base64url').slice(0, 36)}`;
  const expiresAt = isoSeconds(Date.now() + tokenLifeMs);
  const limited = names.length + ids.length > 0;
  forge.store.tokens.insert({
    hash: hashToken(token),
    installationId: installation.id,
    expiresAt,
    permissions,
    repositoryIds: limited ? chosen.map(({ id }) => id) : undefined,
  });
  return {
    status: 201,
    json: {
      token,
      expires_at: expiresAt,
      permissions,
      repository_selection:
        limited || installation.repositoryIds ? 'selected' : 'all',
      ...(limited && {
        repositories: chosen.map(row => presentRepository(forge, row)),
      }),
    },
  };
}
