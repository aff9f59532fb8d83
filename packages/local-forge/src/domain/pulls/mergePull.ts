import { GitRepository, nullSha } from '../../git/GitRepository';
import { Commit, isoSeconds, Signature } from '../../git/parse';
import { AccountRow, PullRow } from '../../store/rows';
import { PullContext } from '../../views/pulls';
import { ApiError } from '../ApiError';
import type { Forge } from '../Forge';
import { syncRefs } from '../syncRefs';
import { findPull } from './emitPull';
import { pullDiff } from './pullDiff';
import { pullStanding } from './pullStanding';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface MergeRequest {
  method?: MergeMethod;
  title?: string;
  message?: string;
  /** The head the caller has seen */
  sha?: string;
}

/** How a commit made on the forge on someone's behalf is signed. */
export function signatureOf(account: AccountRow): Signature {
  return {
    name: account.name || account.login,
    email:
      account.email ??
      `${account.id}+${account.login}@users.noreply.example.com`,
    date: isoSeconds(Date.now()),
  };
}

/**
 * Merges by one of GitHub's three methods. The commit is written down before
 * the base moves, so that a SIGKILL in between still ends in "merged".
 *
 * @returns the id of the commit that is now on the base
 * @throws ApiError 405 when it may not be merged, 409 when the head has moved
 */
export async function mergePull(
  forge: Forge,
  actor: AccountRow,
  context: PullContext,
  request: MergeRequest,
): Promise<string> {
  const repositoryId = context.repository.id;
  return forge.locks.run(repositoryId, async () => {
    const { repository, issue, pull } =
      findPull(forge, context.repository, context.pull.number) ?? context;
    const method = request.method ?? 'merge';
    if (issue.state !== 'open') {
      throw new ApiError(405, 'Pull Request is not mergeable');
    }
    const allowed = {
      merge: repository.allowMergeCommit,
      squash: repository.allowSquashMerge,
      rebase: repository.allowRebaseMerge,
    };
    if (!allowed[method]) {
      const names = {
        merge: 'Merge commits',
        squash: 'Squash merges',
        rebase: 'Rebase merges',
      };
      throw new ApiError(
        405,
        `${names[method]} are not allowed on this repository.`,
      );
    }
    if (pull.draft) {
      throw new ApiError(405, 'Pull Request is still a draft');
    }
    if (request.sha && request.sha !== pull.headSha) {
      throw new ApiError(
        409,
        'Head branch was modified. Review and try the merge again.',
      );
    }
    const standing = await pullStanding(forge, repository, issue, pull);
    if (!standing.mergeable) {
      throw new ApiError(405, 'Pull Request is not mergeable');
    }
    if (standing.blockedBy) {
      throw new ApiError(405, standing.blockedBy);
    }
    const git = forge.git(repository);
    const { commits } = await pullDiff(forge, repository, pull);
    const owner = forge.store.accounts.require(repository.ownerId);
    const sha = await buildMerge(git, method, pull, commits, {
      committer: signatureOf(actor),
      author:
        method === 'squash'
          ? commits[0]?.author ?? signatureOf(actor)
          : signatureOf(actor),
      title:
        request.title ??
        (method === 'squash'
          ? `${issue.title} (#${issue.number})`
          : `Merge pull request #${issue.number} from ${owner.login}/${pull.headRef}`),
      message:
        request.message ??
        (method === 'squash' ? squashMessage(commits) : issue.title),
    });
    forge.store.repositories.update(repositoryId, { dirty: true });
    forge.store.pulls.update(pull.id, {
      mergingCommitSha: sha,
      mergingById: actor.id,
    });
    const drop =
      forge.branch(repository, pull.headRef) === pull.headSha &&
      repository.deleteBranchOnMerge;
    await git.updateRefs([
      { ref: `refs/heads/${pull.baseRef}`, sha, expected: pull.baseSha },
      ...(drop ? [{ ref: `refs/heads/${pull.headRef}`, sha: nullSha }] : []),
    ]);
    await syncRefs(forge, repositoryId, actor);
    return sha;
  });
}

function squashMessage(commits: Commit[]): string {
  return commits.length === 1
    ? commits[0].message.split('\n').slice(1).join('\n').trim()
    : commits.map(commit => `* ${commit.message}`).join('\n\n');
}

async function buildMerge(
  git: GitRepository,
  method: MergeMethod,
  pull: PullRow,
  commits: Commit[],
  text: {
    author: Signature;
    committer: Signature;
    title: string;
    message: string;
  },
): Promise<string> {
  if (method === 'rebase') {
    return rebaseOnto(git, pull.baseSha, commits, text.committer);
  }
  const { tree } = await git.mergeTree(pull.baseSha, pull.headSha);
  if (!tree) {
    throw new ApiError(405, 'Pull Request is not mergeable');
  }
  return git.writeCommit({
    tree,
    parents: method === 'merge' ? [pull.baseSha, pull.headSha] : [pull.baseSha],
    author: text.author,
    committer: text.committer,
    message: text.message ? `${text.title}\n\n${text.message}` : text.title,
  });
}

/**
 * Replays commits one by one. Git below 2.40 cannot be told the merge base of
 * a `merge-tree`, so each step merges with a throwaway commit that has the
 * tree of the new tip and the parent of the commit to replay.
 */
async function rebaseOnto(
  git: GitRepository,
  base: string,
  commits: Commit[],
  committer: Signature,
): Promise<string> {
  let tip = base;
  for (const commit of commits.filter(({ parents }) => parents.length < 2)) {
    const tree = (await git.commit(tip))!.tree;
    const stand = await git.writeCommit({
      tree,
      parents: commit.parents,
      author: committer,
      committer,
      message: 'stand-in',
    });
    const merged = await git.mergeTree(stand, commit.sha);
    if (!merged.tree) {
      throw new ApiError(405, "This branch can't be rebased");
    }
    tip = await git.writeCommit({
      tree: merged.tree,
      parents: [tip],
      author: commit.author,
      committer,
      message: commit.message,
    });
  }
  return tip;
}
