import { nodeId } from '../domain/nodeId';
import { AccountRow, LabelRow, TeamRow } from '../store/rows';
import { connection, PageArguments } from './connection';
import { GraphContext, GraphObject } from './GraphContext';
import { graphRepository } from './repositories';

export function graphAccount(
  context: GraphContext,
  account: AccountRow,
): GraphObject {
  const { forge } = context;
  const repositories = (page: PageArguments) =>
    connection(
      'RepositoryConnection',
      forge.store.repositories
        .find({ ownerId: account.id })
        .filter(row => context.maySee(row)),
      page,
      row => graphRepository(context, row),
    );
  return {
    __typename: account.type,
    id: nodeId(account.type, account.id),
    databaseId: account.id,
    // In GraphQL a bot's login goes without the mark that REST gives it.
    login:
      account.type === 'Bot'
        ? account.login.replace(/\[bot\]$/, '')
        : account.login,
    name: account.name,
    email: account.email ?? '',
    url: `${forge.url}/${account.login}`,
    resourcePath: `/${account.login}`,
    avatarUrl: `${forge.url}/_avatars/${encodeURIComponent(account.login)}.svg`,
    createdAt: account.createdAt,
    updatedAt: account.createdAt,
    repositories,
    repository: ({ name }: { name: string }) => {
      const row = forge.store.repository(account.login, name);
      return row && context.maySee(row) ? graphRepository(context, row) : null;
    },
    ...(account.type === 'User' && {
      organizations: (page: PageArguments) =>
        connection(
          'OrganizationConnection',
          forge.store.memberships.find({ userId: account.id }),
          page,
          row =>
            graphAccount(
              context,
              forge.store.accounts.require(row.organizationId),
            ),
        ),
    }),
    ...(account.type === 'Organization' && {
      teams: (page: PageArguments) =>
        connection(
          'TeamConnection',
          forge.store.teams.find({ organizationId: account.id }),
          page,
          team => graphTeam(context, team),
        ),
      team: ({ slug }: { slug: string }) => {
        const team = forge.store.teams.findOne({
          organizationId: account.id,
          slug,
        });
        return team ? graphTeam(context, team) : null;
      },
      membersWithRole: (page: PageArguments) =>
        connection(
          'OrganizationMemberConnection',
          forge.store.memberships.find({ organizationId: account.id }),
          page,
          row =>
            graphAccount(context, forge.store.accounts.require(row.userId)),
        ),
    }),
  };
}

export function graphTeam(context: GraphContext, team: TeamRow): GraphObject {
  const { forge } = context;
  const organization = forge.store.accounts.require(team.organizationId);
  return {
    __typename: 'Team',
    id: nodeId('Team', team.id),
    databaseId: team.id,
    name: team.name,
    slug: team.slug,
    description: team.description ?? null,
    combinedSlug: `${organization.login}/${team.slug}`,
    url: `${forge.url}/orgs/${organization.login}/teams/${team.slug}`,
    organization: () => graphAccount(context, organization),
    createdAt: team.createdAt,
    updatedAt: team.updatedAt,
    members: (page: PageArguments) =>
      connection(
        'TeamMemberConnection',
        forge.store.teamMembers.find({ teamId: team.id }),
        page,
        row => graphAccount(context, forge.store.accounts.require(row.userId)),
      ),
  };
}

export function graphLabel(label: LabelRow): GraphObject {
  return {
    __typename: 'Label',
    id: nodeId('Label', label.id),
    name: label.name,
    color: label.color,
    description: label.description ?? null,
    isDefault: false,
  };
}
