import { accessTo } from '../../domain/access';
import { ApiError, notFound } from '../../domain/ApiError';
import { AccountRow } from '../../store/rows';
import { presentRepository } from '../../views/repositories';
import {
  presentOrganization,
  presentOrganizationProfile,
  presentProfile,
  presentTeam,
  presentTeamProfile,
  presentUser,
} from '../../views/users';
import { pageReply } from '../paginate';
import { ApiRequest, Routes } from '../Routes';

export function organizationOf(request: ApiRequest): AccountRow {
  const account = request.forge.store.account(request.param('org'));
  if (account?.type !== 'Organization') {
    throw notFound();
  }
  return account;
}

function teamOf(request: ApiRequest) {
  const organization = organizationOf(request);
  const team = request.forge.store.teams.findOne({
    organizationId: organization.id,
    slug: request.param('team'),
  });
  if (!team || request.actor.kind === 'anonymous') {
    throw notFound();
  }
  return team;
}

/** Users, organisations, teams and their members. */
export function accountRoutes(routes: Routes): void {
  routes.on('GET', '/user', request => {
    if (request.actor.kind === 'installation') {
      throw new ApiError(403, 'Resource not accessible by integration');
    }
    return {
      json: presentProfile(request.forge, request.account(), true),
    };
  });

  routes.on('GET', '/user/repos', request => {
    const account = request.account();
    const { store } = request.forge;
    const owners = [
      account.id,
      ...store.memberships
        .find({ userId: account.id })
        .map(row => row.organizationId),
    ];
    return pageReply(
      request,
      store.repositories.find({ ownerId: owners }),
      row => presentRepository(request.forge, row, request.actor),
    );
  });

  routes.on('GET', '/user/orgs', request =>
    pageReply(
      request,
      request.forge.store.memberships.find({ userId: request.account().id }),
      row =>
        presentOrganization(
          request.forge,
          request.forge.store.accounts.require(row.organizationId),
        ),
    ),
  );

  routes.on('GET', '/users/:username', request => {
    const account = request.forge.store.account(request.param('username'));
    if (!account) {
      throw notFound();
    }
    return { json: presentProfile(request.forge, account, false) };
  });

  routes.on('GET', '/users/:username/repos', request => {
    const account = request.forge.store.account(request.param('username'));
    if (!account) {
      throw notFound();
    }
    return listRepositories(request, account);
  });

  routes.on('GET', '/orgs/:org', request => ({
    json: presentOrganizationProfile(request.forge, organizationOf(request)),
  }));

  routes.on('GET', '/orgs/:org/repos', request =>
    listRepositories(request, organizationOf(request)),
  );

  routes.on('GET', '/orgs/:org/members', request => {
    const { store } = request.forge;
    return pageReply(
      request,
      store.memberships.find({ organizationId: organizationOf(request).id }),
      row => presentUser(request.forge, store.accounts.require(row.userId)),
    );
  });

  routes.on('GET', '/orgs/:org/teams', request =>
    pageReply(
      request,
      request.forge.store.teams.find({
        organizationId: organizationOf(request).id,
      }),
      team => presentTeam(request.forge, team),
    ),
  );

  routes.on('GET', '/orgs/:org/teams/:team', request => ({
    json: presentTeamProfile(request.forge, teamOf(request)),
  }));

  routes.on('GET', '/orgs/:org/teams/:team/members', request => {
    const { store } = request.forge;
    return pageReply(
      request,
      store.teamMembers.find({ teamId: teamOf(request).id }),
      row => presentUser(request.forge, store.accounts.require(row.userId)),
    );
  });
}

/** The owner's repositories that the caller may see. */
function listRepositories(request: ApiRequest, owner: AccountRow) {
  const { store } = request.forge;
  const kind = request.query('type') ?? 'all';
  const visible = store.repositories
    .find({ ownerId: owner.id })
    .filter(row => accessTo(store, request.actor, row) !== 'none')
    .filter(
      row =>
        !['public', 'private'].includes(kind) ||
        row.private === (kind === 'private'),
    );
  return pageReply(request, visible, row =>
    presentRepository(request.forge, row, request.actor),
  );
}
