import { Target } from '@skein/plugin-campaigns-common';
import { countOf } from '../../format/words';
import {
  failureKindExplanation,
  failureKindLabel,
} from '../../states/failureKinds';

/** What is asked of the owners of a target, in a sentence or two. */
export function ownerTask(target: Target): string {
  switch (target.state) {
    case 'prOpen':
      return pullRequestTask(target);
    case 'needsHuman':
      return `Decide: ${
        target.stateReason ?? 'nothing could be changed safely.'
      }`;
    case 'failed':
      return failureTask(target);
    case 'driftedBack':
      return 'The old dataset is used again: move that use to the new one.';
    case 'reverted':
      return 'The change was taken back. Say why, or merge it again.';
    case 'closed':
      return 'The pull request was closed. Say why, or ask for a retry.';
    case 'candidate':
      return 'Say whether this code reads the dataset.';
    case 'pending':
      return target.wave
        ? 'Nothing yet: a pull request will come.'
        : 'Nothing yet: the campaign is not launched.';
    case 'proposed':
      return 'Nothing yet: the campaign’s owner looks at the change first.';
    case 'merged':
      return 'Nothing: a re-scan will confirm it.';
    case 'verified':
    case 'noChanges':
    case 'outOfScope':
    case 'rolledBack':
      return 'Nothing.';
    default:
      return 'Nothing yet: a pull request will come.';
  }
}

function pullRequestTask({ pullRequest, noteCount }: Target): string {
  const notes =
    noteCount > 0
      ? ` ${countOf(
          noteCount,
          'place in it needs',
          'places in it need',
        )} a decision.`
      : '';
  if (pullRequest?.mergeable === 'conflict') {
    return `The pull request has a conflict: resolve it, or ask for a retry.${notes}`;
  }
  if (pullRequest?.checks === 'failing') {
    return `The checks of the pull request fail: look at them.${notes}`;
  }
  if (pullRequest?.review === 'approved') {
    return `Merge the pull request.${notes}`;
  }
  return `Review and merge the pull request.${notes}`;
}

function failureTask({ failureKind, stateReason }: Target): string {
  if (failureKind === 'baseline-failed') {
    return 'The repository’s own checks fail before any change. Repair them; then the change can be tried again.';
  }
  const why = failureKind
    ? `${failureKindLabel(failureKind)}. ${
        failureKindExplanation(failureKind) ?? ''
      }`
    : stateReason ?? '';
  return `Nothing yet: the campaign’s owner looks at it. ${why}`.trim();
}
