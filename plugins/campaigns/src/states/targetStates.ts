import { TargetState } from '@skein/plugin-campaigns-common';

/** What a state means to a person, in the order in which bars and legends show it. */
export const stateGroups = [
  'done',
  'open',
  'review',
  'working',
  'waiting',
  'attention',
  'failed',
  'ended',
] as const;

export type StateGroup = (typeof stateGroups)[number];

export interface StateGroupPresentation {
  label: string;
  /** Fill of bars, dots and graph nodes; at least 3:1 against the page in each theme. */
  color: { light: string; dark: string };
}

export const stateGroupPresentations: Record<
  StateGroup,
  StateGroupPresentation
> = {
  done: { label: 'Done', color: { light: '#1b7f4d', dark: '#4cc38a' } },
  open: {
    label: 'Pull request open',
    color: { light: '#0b7285', dark: '#3bc9db' },
  },
  review: {
    label: 'Waiting for approval',
    color: { light: '#6741d9', dark: '#a78bfa' },
  },
  working: { label: 'Working', color: { light: '#1c6dd0', dark: '#6ea8fe' } },
  waiting: { label: 'Waiting', color: { light: '#8592a0', dark: '#8b98a5' } },
  attention: {
    label: 'Needs a person',
    color: { light: '#b35900', dark: '#f5a524' },
  },
  failed: { label: 'Failed', color: { light: '#c92a2a', dark: '#ff7b72' } },
  ended: { label: 'Ended', color: { light: '#495057', dark: '#aeb6bf' } },
};

export interface TargetStatePresentation {
  label: string;
  group: StateGroup;
  /** One sentence: what the state means, and what happens next. */
  explanation: string;
}

/** Every target state in words for people; the one place that decides them. */
export const targetStatePresentations: Record<
  TargetState,
  TargetStatePresentation
> = {
  verified: {
    label: 'Verified',
    group: 'done',
    explanation:
      'A re-scan of the merged code finds no use of the old dataset.',
  },
  merged: {
    label: 'Merged',
    group: 'done',
    explanation:
      'The change is on the default branch; a re-scan will tell whether the old dataset is gone.',
  },
  noChanges: {
    label: 'No change needed',
    group: 'done',
    explanation: 'The code does not read the old dataset.',
  },
  prOpen: {
    label: 'Pull request open',
    group: 'open',
    explanation: 'The owners can review and merge.',
  },
  publishing: {
    label: 'Opening pull request',
    group: 'working',
    explanation: 'The branch is pushed and the pull request opened in turn.',
  },
  approved: {
    label: 'Approved',
    group: 'working',
    explanation: 'The change waits for its turn to become a pull request.',
  },
  verifying: {
    label: 'In CI',
    group: 'working',
    explanation:
      'The change is on a scratch branch; it is proposed when the repository’s own CI passed.',
  },
  running: {
    label: 'Running',
    group: 'working',
    explanation: 'A job rewrites and verifies the code now.',
  },
  proposed: {
    label: 'Waiting for approval',
    group: 'review',
    explanation: 'A change is ready; a person approves it before it is opened.',
  },
  queued: {
    label: 'Queued',
    group: 'waiting',
    explanation: 'A job waits for a free runner.',
  },
  pending: {
    label: 'Waiting for its wave',
    group: 'waiting',
    explanation: 'It starts when its wave is released.',
  },
  candidate: {
    label: 'Undecided',
    group: 'attention',
    explanation: 'A person says whether it belongs to the scope.',
  },
  needsHuman: {
    label: 'Needs a person',
    group: 'attention',
    explanation: 'Nothing could be changed safely without a decision.',
  },
  overBudget: {
    label: 'Over budget',
    group: 'attention',
    explanation:
      'No budget had room for what its job asked of the model. Raise the budget, then retry.',
  },
  driftedBack: {
    label: 'Reads it again',
    group: 'attention',
    explanation: 'It was verified before, and uses the old dataset again.',
  },
  failed: {
    label: 'Failed',
    group: 'failed',
    explanation: 'The job could not finish; a retry is possible.',
  },
  reverted: {
    label: 'Reverted',
    group: 'failed',
    explanation: 'The merged change was taken back on the default branch.',
  },
  stopped: {
    label: 'Stopped',
    group: 'ended',
    explanation: 'A person stopped its job; a retry is possible.',
  },
  closed: {
    label: 'Closed without merge',
    group: 'ended',
    explanation: 'The pull request was closed on the forge.',
  },
  rolledBack: {
    label: 'Rolled back',
    group: 'ended',
    explanation: 'The change was withdrawn from here.',
  },
  outOfScope: {
    label: 'Out of scope',
    group: 'ended',
    explanation: 'It is not part of the campaign.',
  },
};

/** States in the order of bars and legends. */
export const orderedTargetStates: readonly TargetState[] = (
  Object.keys(targetStatePresentations) as TargetState[]
)
  .map((state, index) => ({
    state,
    index,
    group: stateGroups.indexOf(targetStatePresentations[state].group),
  }))
  .sort((a, b) => a.group - b.group || a.index - b.index)
  .map(({ state }) => state);

/** The label of a state; states that a newer backend may add read as they are. */
export function targetStateLabel(state: string): string {
  return targetStatePresentations[state as TargetState]?.label ?? state;
}
