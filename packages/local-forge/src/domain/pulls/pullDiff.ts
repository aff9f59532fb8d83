import { FileDiff } from '../../git/diff';
import { Commit } from '../../git/parse';
import { PullRow, RepositoryRow } from '../../store/rows';
import type { Forge } from '../Forge';

export interface PullDiff {
  /** The commit the head left the base at */
  mergeBase: string;
  files: FileDiff[];
  /** Oldest first, at most 250 as at GitHub */
  commits: Commit[];
}

/** What a pull request changes: from where the head left the base, to the head. */
export async function pullDiff(
  forge: Forge,
  repository: RepositoryRow,
  pull: PullRow,
): Promise<PullDiff> {
  const git = forge.git(repository);
  const mergeBase =
    (await git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  const [files, commits] = await Promise.all([
    git.diffFiles(mergeBase, pull.headSha),
    git.log(pull.headSha, { from: mergeBase, limit: 250 }),
  ]);
  return { mergeBase, files, commits: commits.reverse() };
}
