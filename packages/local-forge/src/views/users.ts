import type { Forge } from '../domain/Forge';
import { nodeId } from '../domain/nodeId';
import { AccountRow, TeamRow } from '../store/rows';

export type Json = Record<string, unknown>;

export function presentUser(forge: Forge, account: AccountRow): Json {
  const api = forge.api(`/users/${encodeURIComponent(account.login)}`);
  const page =
    account.type === 'Bot'
      ? `${forge.url}/apps/${account.login.replace(/\[bot\]$/, '')}`
      : `${forge.url}/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${forge.url}/_avatars/${encodeURIComponent(
      account.login,
    )}.svg`,
    gravatar_id: '',
    url: api,
    html_url: page,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

/** The account with its profile; `own` adds what only its owner sees. */
export function presentProfile(
  forge: Forge,
  account: AccountRow,
  own: boolean,
): Json {
  const repositories = forge.store.repositories.find({ ownerId: account.id });
  const hidden = repositories.filter(repository => repository.private).length;
  return {
    ...presentUser(forge, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: account.email ?? null,
    hireable: null,
    bio: null,
    public_repos: repositories.length - hidden,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
    ...(own && {
      private_gists: 0,
      total_private_repos: hidden,
      owned_private_repos: hidden,
      disk_usage: 0,
      collaborators: 0,
      two_factor_authentication: true,
    }),
  };
}

export function presentOrganization(forge: Forge, account: AccountRow): Json {
  const api = forge.api(`/orgs/${account.login}`);
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('Organization', account.id),
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `${forge.url}/_avatars/${account.login}.svg`,
    description: '',
  };
}

export function presentOrganizationProfile(
  forge: Forge,
  account: AccountRow,
): Json {
  const repositories = forge.store.repositories.find({ ownerId: account.id });
  const hidden = repositories.filter(repository => repository.private).length;
  return {
    ...presentOrganization(forge, account),
    name: account.name,
    has_organization_projects: false,
    has_repository_projects: false,
    public_repos: repositories.length - hidden,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${forge.url}/${account.login}`,
    type: 'Organization',
    created_at: account.createdAt,
    updated_at: account.createdAt,
    archived_at: null,
  };
}

export function presentTeam(forge: Forge, team: TeamRow): Json {
  const organization = forge.store.accounts.require(team.organizationId);
  const api = forge.api(`/organizations/${organization.id}/team/${team.id}`);
  return {
    id: team.id,
    node_id: nodeId('Team', team.id),
    name: team.name,
    slug: team.slug,
    description: team.description ?? '',
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'push',
    url: api,
    html_url: `${forge.url}/orgs/${organization.login}/teams/${team.slug}`,
    members_url: `${api}/members{/member}`,
    repositories_url: `${api}/repos`,
    type: 'organization',
    organization_id: organization.id,
    parent: null,
  };
}

export function presentTeamProfile(forge: Forge, team: TeamRow): Json {
  return {
    ...presentTeam(forge, team),
    members_count: forge.store.teamMembers.count({ teamId: team.id }),
    repos_count: forge.store.repositories.count({
      ownerId: team.organizationId,
    }),
    created_at: team.createdAt,
    updated_at: team.updatedAt,
    organization: presentOrganizationProfile(
      forge,
      forge.store.accounts.require(team.organizationId),
    ),
  };
}
