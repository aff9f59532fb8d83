import { IssueRow, PullRow, RepositoryRow, ReviewRow } from '../../store/rows';
import { RollupState, rollupState, succeededChecks } from '../checks';
import type { Forge } from '../Forge';

export type MergeState =
  | 'clean'
  | 'dirty'
  | 'blocked'
  | 'unstable'
  | 'draft'
  | 'unknown';

export interface PullStanding {
  /** Undefined once the pull request is closed, as at GitHub */
  mergeable?: boolean;
  state: MergeState;
  reviewDecision?: 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED';
  /** Why a merge is refused although git could do it */
  blockedBy?: string;
}

/** The newest review of each person that says yes or no, dismissed ones left out. */
export function decidingReviews(reviews: ReviewRow[]): ReviewRow[] {
  const latest = new Map<number, ReviewRow>();
  for (const review of reviews) {
    if (['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'].includes(review.state)) {
      latest.set(review.authorId, review);
    }
  }
  return [...latest.values()].filter(review => review.state !== 'DISMISSED');
}

/** GitHub's verdict over the facts, as a pure function of them. */
export function judgePull(facts: {
  open: boolean;
  draft: boolean;
  mergesCleanly: boolean;
  reviews: ReviewRow[];
  requiredApprovals: number;
  missingChecks: string[];
  rollup?: RollupState;
}): PullStanding {
  const deciding = decidingReviews(facts.reviews);
  const approvals = deciding.filter(({ state }) => state === 'APPROVED').length;
  const objected = deciding.length > approvals;
  const lacking = approvals < facts.requiredApprovals;
  let reviewDecision: PullStanding['reviewDecision'];
  if (objected) {
    reviewDecision = 'CHANGES_REQUESTED';
  } else if (lacking) {
    reviewDecision = 'REVIEW_REQUIRED';
  } else if (approvals > 0) {
    reviewDecision = 'APPROVED';
  }
  if (!facts.open) {
    return { state: 'unknown', reviewDecision };
  }
  if (!facts.mergesCleanly) {
    return { mergeable: false, state: 'dirty', reviewDecision };
  }
  if (facts.draft) {
    return { mergeable: true, state: 'draft', reviewDecision };
  }
  let blockedBy: string | undefined;
  if (facts.requiredApprovals > 0 && objected) {
    blockedBy = 'Changes have been requested by a reviewer with write access.';
  } else if (lacking) {
    blockedBy = `At least ${facts.requiredApprovals} approving review${
      facts.requiredApprovals === 1 ? ' is' : 's are'
    } required by reviewers with write access.`;
  } else if (facts.missingChecks.length > 0) {
    blockedBy = `Required status check "${facts.missingChecks[0]}" is expected.`;
  }
  if (blockedBy) {
    return { mergeable: true, state: 'blocked', reviewDecision, blockedBy };
  }
  const settled = facts.rollup === undefined || facts.rollup === 'SUCCESS';
  return {
    mergeable: true,
    state: settled ? 'clean' : 'unstable',
    reviewDecision,
  };
}

export async function pullStanding(
  forge: Forge,
  repository: RepositoryRow,
  issue: IssueRow,
  pull: PullRow,
): Promise<PullStanding> {
  const open = issue.state === 'open';
  const guarded = pull.baseRef === repository.defaultBranch;
  const succeeded = succeededChecks(forge, repository, pull.headSha);
  const merge = open
    ? await forge.git(repository).mergeTree(pull.baseSha, pull.headSha)
    : undefined;
  return judgePull({
    open,
    draft: pull.draft,
    mergesCleanly: merge?.tree !== undefined,
    reviews: forge.store.reviews.find({ pullId: pull.id }),
    requiredApprovals: guarded ? repository.requiredApprovals : 0,
    missingChecks: guarded
      ? repository.requiredChecks.filter(name => !succeeded.has(name))
      : [],
    rollup: rollupState(forge, repository, pull.headSha),
  });
}
