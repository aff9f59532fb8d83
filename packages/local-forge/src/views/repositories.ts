import { accessTo } from '../domain/access';
import { Actor } from '../domain/Actor';
import type { Forge } from '../domain/Forge';
import { nodeId } from '../domain/nodeId';
import { RepositoryRow } from '../store/rows';
import { Json, presentUser } from './users';

export function fullName(forge: Forge, repository: RepositoryRow): string {
  const owner = forge.store.accounts.require(repository.ownerId);
  return `${owner.login}/${repository.name}`;
}

/** API address of a repository, or of a path below it. */
export function repositoryApi(
  forge: Forge,
  repository: RepositoryRow,
  path = '',
): string {
  return forge.api(`/repos/${fullName(forge, repository)}${path}`);
}

/** Web address of a repository, or of a path below it. */
export function repositoryPage(
  forge: Forge,
  repository: RepositoryRow,
  path = '',
): string {
  return `${forge.url}/${fullName(forge, repository)}${path}`;
}

const addresses: Record<string, string> = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
};

/** The short form that search results and the like carry. */
export function presentRepositoryLink(
  forge: Forge,
  repository: RepositoryRow,
): Json {
  const api = repositoryApi(forge, repository);
  const owner = forge.store.accounts.require(repository.ownerId);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: `${owner.login}/${repository.name}`,
    private: repository.private,
    owner: presentUser(forge, owner),
    html_url: repositoryPage(forge, repository),
    description: repository.description ?? null,
    fork: false,
    url: api,
    ...Object.fromEntries(
      Object.entries(addresses).map(([name, path]) => [name, `${api}${path}`]),
    ),
  };
}

export function presentRepository(
  forge: Forge,
  repository: RepositoryRow,
  actor?: Actor,
): Json {
  const page = repositoryPage(forge, repository);
  const name = fullName(forge, repository);
  const open = forge.store.issues.count({
    repositoryId: repository.id,
    state: 'open',
  });
  const access = actor && accessTo(forge.store, actor, repository);
  return {
    ...presentRepositoryLink(forge, repository),
    git_url: `git://${forge.host}/${name}.git`,
    ssh_url: `git@${forge.host}:${name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: false,
    has_downloads: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: repository.archived,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: repository.topics,
    custom_properties: {},
    visibility: repository.private ? 'private' : 'public',
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    ...(access && {
      permissions: {
        admin: access === 'admin',
        maintain: access === 'admin',
        push: access === 'admin' || access === 'write',
        triage: access === 'admin' || access === 'write',
        pull: access !== 'none',
      },
    }),
  };
}

/** What a single repository's own address answers. */
export function presentRepositoryDetails(
  forge: Forge,
  repository: RepositoryRow,
  actor: Actor,
): Json {
  const owner = forge.store.accounts.require(repository.ownerId);
  return {
    ...presentRepository(forge, repository, actor),
    allow_squash_merge: repository.allowSquashMerge,
    allow_merge_commit: repository.allowMergeCommit,
    allow_rebase_merge: repository.allowRebaseMerge,
    allow_auto_merge: false,
    delete_branch_on_merge: repository.deleteBranchOnMerge,
    allow_update_branch: true,
    network_count: 0,
    subscribers_count: 0,
    ...(owner.type === 'Organization' && {
      organization: presentUser(forge, owner),
    }),
  };
}
