import { ConflictError } from '@backstage/errors';
import {
  FailureKind,
  retryableTargetStates,
  TargetState,
} from '@skein/plugin-campaigns-common';

/** What can happen to a target. */
export type TargetEvent =
  /** Scope or a person took it in. */
  | { type: 'included'; reason?: string }
  /** Scope, policy or a person took it out. */
  | { type: 'excluded'; reason: string }
  /** Scope cannot tell: a person must. */
  | { type: 'undecided'; reason: string }
  /** A person wants it tried again; its turn comes with the others'. */
  | { type: 'retried' }
  /** A job waits for it. */
  | { type: 'queued' }
  /** A runner works on it. */
  | { type: 'started' }
  /** Its runner was lost or must wait; the job is queued again. */
  | { type: 'released'; reason: string }
  | {
      type: 'finished';
      outcome:
        | 'proposed'
        | 'verifying'
        | 'noChanges'
        | 'needsHuman'
        | 'failed'
        | 'overBudget';
      reason: string;
      failureKind?: FailureKind;
      changeId?: string;
      editCount?: number;
      noteCount?: number;
      /** A person has to look at the change by itself. */
      approvalRequired?: boolean;
    }
  /** Its repository's CI passed, or has nothing to say. */
  | { type: 'ciPassed'; reason: string }
  | { type: 'ciFailed'; reason: string; failureKind: FailureKind }
  | { type: 'stopped'; reason: string }
  | { type: 'approved' }
  /** Its publication is written down. */
  | { type: 'publishing' }
  /** Its pull request is open, or open again. */
  | { type: 'opened' }
  | { type: 'publishFailed'; reason: string }
  | { type: 'merged' }
  | { type: 'closed'; reason: string }
  /** A scan of the merged code found no reference to the old dataset. */
  | { type: 'verified' }
  /** A scan found references. */
  | { type: 'stillReads'; reason: string }
  | { type: 'rolledBack'; reason: string }
  | { type: 'reverted'; reason: string };

/** The part of a target that decides what may happen next. */
export interface TargetStatus {
  state: TargetState;
  stateReason?: string;
  failureKind?: FailureKind;
}

type Rule = {
  from: readonly TargetState[];
  to: TargetState | ((event: never, state: TargetState) => TargetState);
};

const rules: { [T in TargetEvent['type']]: Rule } = {
  included: { from: ['candidate', 'outOfScope', 'pending'], to: 'pending' },
  excluded: {
    from: [
      'candidate',
      'outOfScope',
      'pending',
      'proposed',
      'noChanges',
      'needsHuman',
      'failed',
      'overBudget',
      'stopped',
      'closed',
    ],
    to: 'outOfScope',
  },
  undecided: { from: ['candidate', 'outOfScope', 'pending'], to: 'candidate' },
  retried: { from: retryableTargetStates, to: 'pending' },
  queued: { from: ['pending'], to: 'queued' },
  started: { from: ['queued'], to: 'running' },
  released: { from: ['running'], to: 'queued' },
  finished: {
    from: ['running'],
    to: (event: Extract<TargetEvent, { type: 'finished' }>) => event.outcome,
  },
  ciPassed: { from: ['verifying'], to: 'proposed' },
  ciFailed: { from: ['verifying'], to: 'failed' },
  stopped: { from: ['queued', 'running', 'verifying'], to: 'stopped' },
  approved: { from: ['proposed'], to: 'approved' },
  publishing: { from: ['approved'], to: 'publishing' },
  opened: { from: ['publishing', 'closed'], to: 'prOpen' },
  publishFailed: { from: ['publishing'], to: 'failed' },
  // Also of one that was rolled back: somebody was faster than its closing.
  merged: {
    from: ['publishing', 'prOpen', 'closed', 'rolledBack'],
    to: 'merged',
  },
  closed: { from: ['publishing', 'prOpen'], to: 'closed' },
  verified: { from: ['merged', 'driftedBack'], to: 'verified' },
  stillReads: {
    from: ['merged', 'verified', 'driftedBack'],
    to: (_event: TargetEvent, state: TargetState) =>
      state === 'merged' ? 'merged' : 'driftedBack',
  },
  rolledBack: {
    from: ['proposed', 'approved', 'publishing', 'prOpen'],
    to: 'rolledBack',
  },
  reverted: { from: ['merged', 'verified', 'driftedBack'], to: 'reverted' },
};

/** Whether an event is legal in a state. */
export function canHappen(
  state: TargetState,
  type: TargetEvent['type'],
): boolean {
  return rules[type].from.includes(state);
}

/**
 * The next status of a target.
 *
 * @throws ConflictError where the event is not legal in the present state
 */
export function reduceTarget(
  status: TargetStatus,
  event: TargetEvent,
): TargetStatus {
  const rule = rules[event.type];
  if (!rule.from.includes(status.state)) {
    throw new ConflictError(
      `A target that is '${status.state}' cannot be '${
        event.type
      }'; that needs one of: ${rule.from.join(', ')}`,
    );
  }
  const state =
    typeof rule.to === 'function'
      ? rule.to(event as never, status.state)
      : rule.to;
  return {
    state,
    stateReason: 'reason' in event ? event.reason : undefined,
    failureKind: failureKindOf(event),
  };
}

function failureKindOf(event: TargetEvent): FailureKind | undefined {
  if (event.type === 'publishFailed') return 'publish-failed';
  if (event.type === 'ciFailed') return event.failureKind;
  if (event.type === 'finished' && event.outcome === 'failed') {
    return event.failureKind ?? 'runner-crashed';
  }
  return undefined;
}
