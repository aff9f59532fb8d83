import { PullRequest } from '@skein/plugin-campaigns-common';
import { StateGroup } from '../../states/targetStates';

export interface PullRequestFact {
  text: string;
  group: StateGroup;
}

/** What is worth saying of a pull request, most pressing first. */
export function describePullRequest(
  pullRequest: PullRequest,
): PullRequestFact[] {
  if (pullRequest.state === 'merged')
    return [{ text: 'Merged', group: 'done' }];
  if (pullRequest.state === 'closed')
    return [{ text: 'Closed', group: 'ended' }];

  const facts: PullRequestFact[] = [];
  if (pullRequest.mergeable === 'conflict') {
    facts.push({ text: 'Conflict', group: 'failed' });
  }
  if (pullRequest.checks === 'failing') {
    facts.push({ text: 'Checks fail', group: 'failed' });
  }
  if (pullRequest.review === 'changesRequested') {
    facts.push({ text: 'Changes requested', group: 'attention' });
  }
  if (pullRequest.humanCommits) {
    facts.push({ text: 'Has commits by others', group: 'attention' });
  }
  if (pullRequest.draft) facts.push({ text: 'Draft', group: 'waiting' });
  if (pullRequest.checks === 'pending') {
    facts.push({ text: 'Checks run', group: 'working' });
  }
  if (pullRequest.checks === 'passing') {
    facts.push({ text: 'Checks pass', group: 'done' });
  }
  if (pullRequest.review === 'approved') {
    facts.push({ text: 'Approved', group: 'done' });
  }
  if (pullRequest.review === 'requested') {
    facts.push({ text: 'Review asked for', group: 'waiting' });
  }
  return facts;
}
