import { GitRepository, nullSha } from '../git/GitRepository';
import { AccountRow, PullRow, RepositoryRow } from '../store/rows';
import { presentPull } from '../views/pulls';
import { emitPush } from '../webhooks/pushPayload';
import { requestCheckSuites } from './checks';
import { emit } from './emit';
import type { Forge } from './Forge';
import { finishMerge } from './pulls/finishMerge';
import { closeIssue } from './pulls/closeIssue';

interface RefChange {
  name: string;
  before: string;
  after: string;
}

/**
 * Writes to a repository's git, then brings the rows in line. The repository is
 * marked first, so that a start after a SIGKILL knows where to look.
 */
export async function writeGit<T>(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  work: (git: GitRepository) => Promise<T>,
): Promise<T> {
  return forge.locks.run(repository.id, async () => {
    forge.store.repositories.update(repository.id, { dirty: true });
    try {
      return await work(forge.git(repository));
    } finally {
      await syncRefs(forge, repository.id, actor);
    }
  });
}

/**
 * Compares git's branches and tags with the rows and does what follows from
 * each difference: pushes are announced, pull requests follow their branches.
 * Whoever moved the refs, and whether or not this process was there, the
 * outcome is the same.
 */
export async function syncRefs(
  forge: Forge,
  repositoryId: number,
  actor: AccountRow,
): Promise<void> {
  const { store } = forge;
  const git = forge.repositories.get(repositoryId);
  const actual = await git.refs();
  const changes: RefChange[] = [];
  const repository = store.transaction(() => {
    const known = new Map(
      store.refs.find({ repositoryId }).map(row => [row.name, row]),
    );
    for (const [name, sha] of actual) {
      const row = known.get(name);
      if (!row) {
        store.refs.insert({ repositoryId, name, sha });
        changes.push({ name, before: nullSha, after: sha });
      } else if (row.sha !== sha) {
        store.refs.update(row.id, { sha });
        changes.push({ name, before: row.sha, after: sha });
      }
    }
    for (const [name, row] of known) {
      if (!actual.has(name)) {
        store.refs.delete({ id: row.id });
        changes.push({ name, before: row.sha, after: nullSha });
      }
    }
    return store.repositories.update(
      repositoryId,
      changes.length > 0
        ? { pushedAt: forge.now(), updatedAt: forge.now() }
        : {},
    );
  });
  for (const change of changes) {
    await emitPush(forge, repository, actor, change);
    if (change.name.startsWith('refs/heads/') && change.after !== nullSha) {
      await requestCheckSuites(
        forge,
        repository,
        actor,
        change.name.slice('refs/heads/'.length),
        change.after,
      );
    }
  }
  await followBranches(forge, repository, actor);
  store.repositories.update(repositoryId, { dirty: false });
}

/** Brings every open pull request in line with where its branches now are. */
async function followBranches(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
): Promise<void> {
  const open = forge.store.pulls.select(
    "SELECT p.* FROM pulls p JOIN issues i ON i.id = p.issueId WHERE p.repositoryId = ? AND i.state = 'open' ORDER BY p.id",
    [repository.id],
  );
  for (const pull of open) {
    await followPull(forge, repository, actor, pull);
  }
}

async function followPull(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  pull: PullRow,
): Promise<void> {
  const { store } = forge;
  const git = forge.git(repository);
  const base = forge.branch(repository, pull.baseRef);
  const head = forge.branch(repository, pull.headRef);
  const issue = store.issues.require(pull.issueId);
  if (
    base &&
    pull.mergingCommitSha &&
    (await git.isAncestor(pull.mergingCommitSha, base))
  ) {
    await finishMerge(forge, repository, actor, pull, pull.mergingCommitSha);
    return;
  }
  if (base && base !== pull.baseSha) {
    const landed =
      head === pull.headSha && (await git.isAncestor(pull.headSha, base));
    if (landed) {
      await finishMerge(forge, repository, actor, pull, pull.headSha);
      return;
    }
  }
  if (!base || !head) {
    await closeIssue(forge, repository, actor, issue);
    return;
  }
  if (base !== pull.baseSha) {
    store.pulls.update(pull.id, { baseSha: base });
  }
  if (head !== pull.headSha) {
    const moved = store.pulls.update(pull.id, { headSha: head, baseSha: base });
    const touched = store.issues.update(issue.id, { updatedAt: forge.now() });
    await git.updateRefs([{ ref: `refs/pull/${pull.number}/head`, sha: head }]);
    await emit(forge, repository, actor, 'pull_request', async () => ({
      action: 'synchronize',
      number: pull.number,
      before: pull.headSha,
      after: head,
      pull_request: await presentPull(forge, {
        repository,
        issue: touched,
        pull: moved,
      }),
    }));
  }
}
