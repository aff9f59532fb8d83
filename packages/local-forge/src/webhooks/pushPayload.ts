import { emit } from '../domain/emit';
import type { Forge } from '../domain/Forge';
import { emptyTree, nullSha } from '../git/GitRepository';
import { Commit } from '../git/parse';
import { AccountRow, RepositoryRow } from '../store/rows';
import { accountOf } from '../views/commits';
import { presentRepository, repositoryPage } from '../views/repositories';
import { Json, presentUser } from '../views/users';

/** GitHub names at most this many commits in a push. */
const commitLimit = 20;

async function presentPushed(
  forge: Forge,
  repository: RepositoryRow,
  commit: Commit,
): Promise<Json> {
  const files = await forge
    .git(repository)
    .diffFiles(commit.parents[0] ?? emptyTree, commit.sha);
  const paths = (...statuses: string[]) =>
    files.filter(file => statuses.includes(file.status)).map(file => file.path);
  const person = (signature: Commit['author']) => {
    const account = accountOf(forge, signature);
    return {
      name: signature.name,
      email: signature.email,
      ...(account && { username: account.login }),
    };
  };
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: repositoryPage(forge, repository, `/commit/${commit.sha}`),
    author: person(commit.author),
    committer: person(commit.committer),
    added: paths('added', 'renamed'),
    removed: [
      ...paths('removed'),
      ...files.flatMap(file => file.previousPath ?? []),
    ],
    modified: paths('modified', 'changed'),
  };
}

/** Announces that a branch or a tag was made, moved or deleted. */
export async function emitPush(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  change: { name: string; before: string; after: string },
): Promise<void> {
  await emit(forge, repository, actor, 'push', async () => {
    const git = forge.git(repository);
    const { before, after } = change;
    const created = before === nullSha;
    const deleted = after === nullSha;
    const tip = deleted
      ? undefined
      : await git.object(`${after}^{commit}`).then(object => object?.sha);
    const start = created
      ? forge.branch(repository, repository.defaultBranch)
      : before;
    const commits =
      tip && start && change.name.startsWith('refs/heads/')
        ? await git.log(tip, {
            from: start === tip ? undefined : start,
            limit: start === tip ? 1 : commitLimit,
          })
        : [];
    const pushed = await Promise.all(
      commits.reverse().map(commit => presentPushed(forge, repository, commit)),
    );
    const head = tip ? await git.commit(tip) : undefined;
    const owner = forge.store.accounts.require(repository.ownerId);
    const base = presentRepository(forge, repository);
    return {
      ref: change.name,
      before,
      after,
      created,
      deleted,
      forced: !created && !deleted && !(await git.isAncestor(before, after)),
      base_ref: null,
      compare: repositoryPage(
        forge,
        repository,
        `/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
      ),
      commits: pushed,
      head_commit: head ? await presentPushed(forge, repository, head) : null,
      pusher: { name: actor.login, email: actor.email ?? null },
      repository: {
        ...base,
        // Push events alone carry moments as seconds and the owner's profile.
        owner: {
          ...presentUser(forge, owner),
          name: owner.login,
          email: owner.email ?? null,
        },
        created_at: seconds(repository.createdAt),
        pushed_at: seconds(repository.pushedAt),
        stargazers: 0,
        master_branch: repository.defaultBranch,
      },
    };
  });
}

function seconds(moment: string): number {
  return Math.floor(new Date(moment).getTime() / 1000);
}
