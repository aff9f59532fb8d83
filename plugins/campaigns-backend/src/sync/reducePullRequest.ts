import { PullRequest } from '@skein/plugin-campaigns-common';
import { TargetEvent } from '../targets/reduceTarget';

type Status = Pick<PullRequest, 'state'>;

/**
 * What a pull request's way from one look to the next means to its target.
 * Looking twice at the same thing means nothing.
 */
export function reducePullRequest(
  before: Status,
  after: Status,
): TargetEvent[] {
  if (before.state === after.state) return [];
  switch (after.state) {
    case 'merged':
      return [{ type: 'merged' }];
    case 'closed':
      // A forge never takes a merge back; what looks so is a stale answer.
      return before.state === 'merged'
        ? []
        : [
            {
              type: 'closed',
              reason: 'The pull request was closed without being merged',
            },
          ];
    default:
      return before.state === 'closed' ? [{ type: 'opened' }] : [];
  }
}

/** Whether a look brought anything that people or policies care about. */
export function pullRequestMoved(
  before: PullRequest,
  after: PullRequest,
): boolean {
  const { syncedAt: _before, ...one } = before;
  const { syncedAt: _after, ...other } = after;
  return JSON.stringify(sorted(one)) !== JSON.stringify(sorted(other));
}

function sorted(value: object): unknown {
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
