import type { Forge } from '../domain/Forge';
import { nodeId } from '../domain/nodeId';
import { FileDiff } from '../git/diff';
import { Commit, Signature } from '../git/parse';
import { AccountRow, RepositoryRow } from '../store/rows';
import { repositoryApi, repositoryPage } from './repositories';
import { Json, presentUser } from './users';

const unsigned = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
};

/** The account whose address a commit carries. */
export function accountOf(
  forge: Forge,
  signature: Signature,
): AccountRow | undefined {
  return signature.email
    ? forge.store.accounts.select(
        'SELECT * FROM accounts WHERE email = ? COLLATE NOCASE',
        [signature.email],
      )[0]
    : undefined;
}

export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** A commit as the git database's own routes show it. */
export function presentGitCommit(
  forge: Forge,
  repository: RepositoryRow,
  commit: Commit,
): Json {
  const api = (path: string) => repositoryApi(forge, repository, path);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    url: api(`/git/commits/${commit.sha}`),
    html_url: repositoryPage(forge, repository, `/commit/${commit.sha}`),
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: api(`/git/trees/${commit.tree}`) },
    message: commit.message,
    parents: commit.parents.map(sha => ({
      sha,
      url: api(`/git/commits/${sha}`),
      html_url: repositoryPage(forge, repository, `/commit/${sha}`),
    })),
    verification: unsigned,
  };
}

export function presentCommit(
  forge: Forge,
  repository: RepositoryRow,
  commit: Commit,
): Json {
  const api = (path: string) => repositoryApi(forge, repository, path);
  const author = accountOf(forge, commit.author);
  const committer = accountOf(forge, commit.committer);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: api(`/git/trees/${commit.tree}`) },
      url: api(`/git/commits/${commit.sha}`),
      comment_count: 0,
      verification: unsigned,
    },
    url: api(`/commits/${commit.sha}`),
    html_url: repositoryPage(forge, repository, `/commit/${commit.sha}`),
    comments_url: api(`/commits/${commit.sha}/comments`),
    author: author ? presentUser(forge, author) : null,
    committer: committer ? presentUser(forge, committer) : null,
    parents: commit.parents.map(sha => ({
      sha,
      url: api(`/commits/${sha}`),
      html_url: repositoryPage(forge, repository, `/commit/${sha}`),
    })),
  };
}

export function presentFile(
  forge: Forge,
  repository: RepositoryRow,
  file: FileDiff,
  ref: string,
): Json {
  const path = encodePath(file.path);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: repositoryPage(forge, repository, `/blob/${ref}/${path}`),
    raw_url: repositoryPage(forge, repository, `/raw/${ref}/${path}`),
    contents_url: repositoryApi(
      forge,
      repository,
      `/contents/${path}?ref=${ref}`,
    ),
    ...(file.patch !== undefined && { patch: file.patch }),
    ...(file.previousPath !== undefined && {
      previous_filename: file.previousPath,
    }),
  };
}

export function presentRef(
  forge: Forge,
  repository: RepositoryRow,
  ref: { name: string; sha: string },
  type: string,
): Json {
  const plural = type === 'commit' ? 'commits' : `${type}s`;
  return {
    ref: ref.name,
    node_id: nodeId('Ref', `${repository.id}:${ref.name}`),
    url: repositoryApi(forge, repository, `/git/${ref.name}`),
    object: {
      sha: ref.sha,
      type,
      url: repositoryApi(forge, repository, `/git/${plural}/${ref.sha}`),
    },
  };
}
