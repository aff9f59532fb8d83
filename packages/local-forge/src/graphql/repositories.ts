import { accessTo } from '../domain/access';
import { nodeId } from '../domain/nodeId';
import { IssueRow, PullRow, RefRow, RepositoryRow } from '../store/rows';
import { labelsOf } from '../views/issues';
import { fullName, repositoryPage } from '../views/repositories';
import { graphAccount, graphLabel } from './accounts';
import { graphCommit, graphEntry, graphTree } from './commits';
import { connection, PageArguments, typed } from './connection';
import { GraphContext, GraphObject } from './GraphContext';
import { graphPull } from './pulls';

interface PullArguments extends PageArguments {
  states?: Array<'OPEN' | 'CLOSED' | 'MERGED'>;
  headRefName?: string;
  baseRefName?: string;
  labels?: string[];
  orderBy?: { field: 'CREATED_AT' | 'UPDATED_AT'; direction: 'ASC' | 'DESC' };
}

export function graphRepository(
  context: GraphContext,
  repository: RepositoryRow,
): GraphObject {
  const { forge } = context;
  const { store } = forge;
  const url = repositoryPage(forge, repository);
  const ref = (name: string) => {
    const row = store.refs.findOne({ repositoryId: repository.id, name });
    return row ? graphRef(context, repository, row) : null;
  };
  return {
    __typename: 'Repository',
    id: nodeId('Repository', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(forge, repository),
    description: repository.description ?? null,
    url,
    resourcePath: `/${fullName(forge, repository)}`,
    sshUrl: `git@${forge.host}:${fullName(forge, repository)}.git`,
    isPrivate: repository.private,
    isArchived: repository.archived,
    isDisabled: false,
    isFork: false,
    isTemplate: false,
    isMirror: false,
    isLocked: false,
    isEmpty: () => store.refs.count({ repositoryId: repository.id }) === 0,
    visibility: repository.private ? 'PRIVATE' : 'PUBLIC',
    createdAt: repository.createdAt,
    updatedAt: repository.updatedAt,
    pushedAt: repository.pushedAt,
    mergeCommitAllowed: repository.allowMergeCommit,
    squashMergeAllowed: repository.allowSquashMerge,
    rebaseMergeAllowed: repository.allowRebaseMerge,
    deleteBranchOnMerge: repository.deleteBranchOnMerge,
    autoMergeAllowed: false,
    stargazerCount: 0,
    forkCount: 0,
    primaryLanguage: null,
    owner: () =>
      graphAccount(context, store.accounts.require(repository.ownerId)),
    viewerPermission: () => {
      const access = accessTo(store, context.actor, repository);
      return access === 'none' ? null : access.toUpperCase();
    },
    viewerCanAdminister: () =>
      accessTo(store, context.actor, repository) === 'admin',
    defaultBranchRef: () => ref(`refs/heads/${repository.defaultBranch}`),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      ref(qualifiedName) ?? ref(`refs/heads/${qualifiedName}`),
    refs: (page: PageArguments & { refPrefix: string; query?: string }) =>
      connection(
        'RefConnection',
        store.refs
          .find({ repositoryId: repository.id })
          .filter(
            ({ name }) =>
              name.startsWith(page.refPrefix) &&
              name.includes(page.query ?? ''),
          ),
        page,
        row => graphRef(context, repository, row),
      ),
    object: (wanted: { expression?: string; oid?: string }) =>
      graphObject(context, repository, wanted.oid ?? wanted.expression ?? ''),
    pullRequest: ({ number }: { number: number }) => {
      const pull = store.pulls.findOne({ repositoryId: repository.id, number });
      if (!pull) {
        throw typed(
          'NOT_FOUND',
          `Could not resolve to a PullRequest with the number of ${number}.`,
        );
      }
      return graphPull(context, pull);
    },
    pullRequests: (page: PullArguments) =>
      connection(
        'PullRequestConnection',
        selectPulls(context, repository, page),
        page,
        pull => graphPull(context, pull),
      ),
    labels: (page: PageArguments & { query?: string }) =>
      connection(
        'LabelConnection',
        store.labels
          .find({ repositoryId: repository.id })
          .filter(({ name }) => name.includes(page.query ?? '')),
        page,
        graphLabel,
      ),
    label: ({ name }: { name: string }) => {
      const label = store.label(repository.id, name);
      return label ? graphLabel(label) : null;
    },
    repositoryTopics: (page: PageArguments) =>
      connection(
        'RepositoryTopicConnection',
        repository.topics,
        page,
        name => ({
          topic: { name },
        }),
      ),
  };
}

function selectPulls(
  { forge }: GraphContext,
  repository: RepositoryRow,
  page: PullArguments,
): PullRow[] {
  const { store } = forge;
  const issueOf = (pull: PullRow): IssueRow =>
    store.issues.require(pull.issueId);
  const state = (pull: PullRow) => {
    if (pull.merged) {
      return 'MERGED';
    }
    return issueOf(pull).state === 'open' ? 'OPEN' : 'CLOSED';
  };
  const found = store.pulls
    .find({ repositoryId: repository.id })
    .filter(pull => !page.states || page.states.includes(state(pull)))
    .filter(pull => !page.headRefName || pull.headRef === page.headRefName)
    .filter(pull => !page.baseRefName || pull.baseRef === page.baseRefName)
    .filter(pull => {
      const names = labelsOf(forge, pull.issueId).map(({ name }) => name);
      return !page.labels || page.labels.some(label => names.includes(label));
    });
  if (page.orderBy?.field === 'UPDATED_AT') {
    const key = (pull: PullRow) => issueOf(pull).updatedAt;
    found.sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
  }
  return page.orderBy?.direction === 'DESC' ? found.reverse() : found;
}

export function graphRef(
  context: GraphContext,
  repository: RepositoryRow,
  ref: RefRow,
): GraphObject {
  const [, prefix, name] = /^(refs\/[^/]+\/)(.*)$/.exec(ref.name)!;
  return {
    __typename: 'Ref',
    id: nodeId('Ref', `${repository.id}:${ref.name}`),
    name,
    prefix,
    repository: () => graphRepository(context, repository),
    target: () => graphObject(context, repository, ref.sha),
    associatedPullRequests: (page: PullArguments) =>
      connection(
        'PullRequestConnection',
        selectPulls(context, repository, { ...page, headRefName: name }),
        page,
        pull => graphPull(context, pull),
      ),
  };
}

/** What `branch`, an id, or `branch:path` names. */
async function graphObject(
  context: GraphContext,
  repository: RepositoryRow,
  expression: string,
): Promise<GraphObject | null> {
  const { forge } = context;
  const git = forge.git(repository);
  const colon = expression.indexOf(':');
  const revision = colon < 0 ? expression : expression.slice(0, colon);
  const sha = await forge.resolve(repository, revision);
  if (colon >= 0) {
    const entry = sha && (await git.entry(sha, expression.slice(colon + 1)));
    return entry ? graphEntry(context, repository, entry) : null;
  }
  const commit = sha && (await git.commit(sha));
  if (commit) {
    return graphCommit(context, repository, commit);
  }
  const object = /^[0-9a-f]{40}$/.test(revision)
    ? await git.object(revision)
    : undefined;
  if (object?.type === 'tree') {
    return graphTree(context, repository, object.sha, '');
  }
  return object?.type === 'blob'
    ? graphEntry(context, repository, {
        mode: '100644',
        type: 'blob',
        path: '',
        sha: object.sha,
      })
    : null;
}
