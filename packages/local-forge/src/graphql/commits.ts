import { rollupState } from '../domain/checks';
import { nodeId } from '../domain/nodeId';
import { Commit, Signature, TreeEntry } from '../git/parse';
import { emptyTree } from '../git/GitRepository';
import { CheckRunRow, RepositoryRow, StatusRow } from '../store/rows';
import { accountOf } from '../views/commits';
import { repositoryPage } from '../views/repositories';
import { graphAccount } from './accounts';
import { connection, PageArguments } from './connection';
import { GraphContext, GraphObject } from './GraphContext';
import { graphRepository } from './repositories';

function graphSignature(context: GraphContext, signature: Signature) {
  return {
    name: signature.name,
    email: signature.email,
    date: signature.date,
    avatarUrl: `${context.forge.url}/_avatars/${encodeURIComponent(
      signature.name,
    )}.svg`,
    user: () => {
      const account = accountOf(context.forge, signature);
      return account?.type === 'User' ? graphAccount(context, account) : null;
    },
  };
}

export function graphCommit(
  context: GraphContext,
  repository: RepositoryRow,
  commit: Commit,
): GraphObject {
  const { forge } = context;
  const git = forge.git(repository);
  const url = repositoryPage(forge, repository, `/commit/${commit.sha}`);
  const [headline, ...rest] = commit.message.split('\n');
  const changed = async () =>
    git.diffFiles(commit.parents[0] ?? emptyTree, commit.sha);
  const sum = async (pick: 'additions' | 'deletions') =>
    (await changed()).reduce((total, file) => total + file[pick], 0);
  return {
    __typename: 'Commit',
    id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    oid: commit.sha,
    abbreviatedOid: commit.sha.slice(0, 7),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join('\n').trim(),
    committedDate: commit.committer.date,
    authoredDate: commit.author.date,
    author: graphSignature(context, commit.author),
    committer: graphSignature(context, commit.committer),
    authors: (page: PageArguments) =>
      connection('GitActorConnection', [commit.author], page, signature =>
        graphSignature(context, signature),
      ),
    url,
    commitUrl: url,
    additions: () => sum('additions'),
    deletions: () => sum('deletions'),
    changedFilesIfAvailable: async () => (await changed()).length,
    repository: () => graphRepository(context, repository),
    tree: () => graphTree(context, repository, commit.tree, ''),
    parents: async (page: PageArguments) =>
      connection('CommitConnection', commit.parents, page, async sha =>
        graphCommit(context, repository, (await git.commit(sha))!),
      ),
    history: async (page: PageArguments & { path?: string }) =>
      connection(
        'CommitHistoryConnection',
        await git.log(commit.sha, { path: page.path }),
        page,
        older => graphCommit(context, repository, older),
      ),
    statusCheckRollup: () => graphRollup(context, repository, commit.sha),
    status: () => {
      const statuses = forge.store.latestStatuses(repository.id, commit.sha);
      return statuses.length === 0
        ? null
        : {
            __typename: 'Status',
            state: rollupState(forge, repository, commit.sha),
            contexts: () =>
              statuses.map(status => graphStatus(context, status)),
          };
    },
  };
}

export function graphTree(
  context: GraphContext,
  repository: RepositoryRow,
  sha: string,
  path: string,
): GraphObject {
  return {
    __typename: 'Tree',
    id: nodeId('Tree', `${repository.id}:${sha}`),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    entries: async () => {
      const entries = await context.forge.git(repository).tree(sha);
      return entries?.map(entry => {
        const full = path ? `${path}/${entry.path}` : entry.path;
        return {
          name: entry.path,
          path: full,
          type: entry.type,
          oid: entry.sha,
          mode: parseInt(entry.mode, 8),
          object: () =>
            graphEntry(context, repository, { ...entry, path: full }),
        };
      });
    },
  };
}

/** The blob or tree that an entry stands for. */
export async function graphEntry(
  context: GraphContext,
  repository: RepositoryRow,
  entry: TreeEntry,
): Promise<GraphObject | null> {
  if (entry.type === 'tree') {
    return graphTree(context, repository, entry.sha, entry.path);
  }
  const blob = await context.forge.git(repository).object(entry.sha, 'blob');
  if (!blob) {
    return null;
  }
  const binary = blob.content.subarray(0, 8000).includes(0);
  const limit = 512_000;
  return {
    __typename: 'Blob',
    id: nodeId('Blob', `${repository.id}:${entry.sha}`),
    oid: entry.sha,
    abbreviatedOid: entry.sha.slice(0, 7),
    byteSize: blob.content.length,
    isBinary: binary,
    isTruncated: blob.content.length > limit,
    text: binary ? null : blob.content.subarray(0, limit).toString(),
  };
}

export function graphRollup(
  context: GraphContext,
  repository: RepositoryRow,
  sha: string,
): GraphObject | null {
  const { forge } = context;
  const state = rollupState(forge, repository, sha);
  if (!state) {
    return null;
  }
  const statuses = forge.store.latestStatuses(repository.id, sha);
  const runs = forge.store.latestCheckRuns(repository.id, sha);
  return {
    __typename: 'StatusCheckRollup',
    id: nodeId('Commit', `${repository.id}:${sha}`),
    state,
    contexts: (page: PageArguments) =>
      connection(
        'StatusCheckRollupContextConnection',
        [
          ...runs.map(run => () => graphCheckRun(context, repository, run)),
          ...statuses.map(status => () => graphStatus(context, status)),
        ],
        page,
        present => present(),
        {
          checkRunCount: runs.length,
          statusContextCount: statuses.length,
        },
      ),
  };
}

export function graphStatus(
  context: GraphContext,
  status: StatusRow,
): GraphObject {
  const repository = context.forge.store.repositories.require(
    status.repositoryId,
  );
  return {
    __typename: 'StatusContext',
    id: nodeId('StatusContext', status.id),
    context: status.context,
    state: status.state.toUpperCase(),
    description: status.description ?? null,
    targetUrl: status.targetUrl ?? null,
    createdAt: status.createdAt,
    updatedAt: status.updatedAt,
    creator: () =>
      graphAccount(
        context,
        context.forge.store.accounts.require(status.creatorId),
      ),
    isRequired: () => repository.requiredChecks.includes(status.context),
  };
}

export function graphCheckRun(
  context: GraphContext,
  repository: RepositoryRow,
  run: CheckRunRow,
): GraphObject {
  const { store } = context.forge;
  const page = repositoryPage(context.forge, repository, `/runs/${run.id}`);
  return {
    __typename: 'CheckRun',
    id: nodeId('CheckRun', run.id),
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    startedAt: run.startedAt ?? null,
    completedAt: run.completedAt ?? null,
    detailsUrl: run.detailsUrl ?? null,
    externalId: run.externalId ?? null,
    url: page,
    permalink: page,
    title: run.output.title ?? null,
    summary: run.output.summary ?? null,
    text: run.output.text ?? null,
    isRequired: () => repository.requiredChecks.includes(run.name),
    repository: () => graphRepository(context, repository),
    checkSuite: () => {
      const suite = store.checkSuites.require(run.suiteId);
      const app = store.apps.require(suite.appId);
      return {
        __typename: 'CheckSuite',
        id: nodeId('CheckSuite', suite.id),
        databaseId: suite.id,
        status: suite.status.toUpperCase(),
        conclusion: suite.conclusion?.toUpperCase() ?? null,
        // Only Actions have a workflow.
        workflowRun: null,
        app: {
          __typename: 'App',
          id: nodeId('App', app.id),
          databaseId: app.id,
          slug: app.slug,
          name: app.name,
        },
      };
    },
  };
}
