import { Target, TargetState } from '@skein/plugin-campaigns-common';
import { retryableTargetStates } from '@skein/plugin-campaigns-common';

/** What a person can do with targets, one or many. */
export const targetActions = [
  'approve',
  'retry',
  'skip',
  'include',
  'stop',
  'rollBack',
] as const;

export type TargetAction = (typeof targetActions)[number];

export interface TargetActionPresentation {
  /** On a button. */
  label: string;
  /** In a sentence: "12 targets were …". */
  past: string;
  /** What it does to `count` targets, before a person confirms. */
  consequence: (count: number) => string;
  /** States that allow it. The backend decides; this only keeps buttons honest. */
  from: readonly TargetState[];
  needsReason: boolean;
  dangerous: boolean;
}

export const targetActionPresentations: Record<
  TargetAction,
  TargetActionPresentation
> = {
  approve: {
    label: 'Approve',
    past: 'approved',
    consequence: count =>
      count === 1
        ? 'Its pull request is opened in turn, and its owners are asked to review.'
        : 'Their pull requests are opened in turn, and their owners are asked to review.',
    from: ['proposed'],
    needsReason: false,
    dangerous: false,
  },
  retry: {
    label: 'Retry',
    past: 'queued again',
    consequence: count =>
      count === 1
        ? 'A new job starts from the newest code and mapping.'
        : 'A new job for each starts from the newest code and mapping.',
    from: retryableTargetStates,
    needsReason: false,
    dangerous: false,
  },
  skip: {
    label: 'Skip',
    past: 'skipped',
    consequence: count =>
      count === 1
        ? 'It leaves the scope: the campaign no longer counts on it. It can be included again.'
        : 'They leave the scope: the campaign no longer counts on them. They can be included again.',
    from: [
      'candidate',
      'pending',
      'proposed',
      'noChanges',
      'needsHuman',
      'failed',
      'overBudget',
      'stopped',
      'closed',
    ],
    needsReason: true,
    dangerous: true,
  },
  include: {
    label: 'Include',
    past: 'taken into scope',
    consequence: () =>
      'The campaign will change the code there, wave by wave, once it is launched.',
    from: ['candidate', 'outOfScope'],
    needsReason: false,
    dangerous: false,
  },
  stop: {
    label: 'Stop',
    past: 'stopped',
    consequence: count =>
      count === 1
        ? 'Its job ends now, and what it did so far is thrown away. It can be retried.'
        : 'Their jobs end now, and what they did so far is thrown away. They can be retried.',
    from: ['queued', 'running'],
    needsReason: false,
    dangerous: true,
  },
  rollBack: {
    label: 'Roll back',
    past: 'rolled back',
    consequence: count =>
      count === 1
        ? 'Its open pull request is closed and its branch deleted on the forge.'
        : 'Open pull requests are closed and their branches deleted on the forge.',
    from: ['proposed', 'approved', 'publishing', 'prOpen'],
    needsReason: true,
    dangerous: true,
  },
};

/** How many of the targets an action can apply to. */
export function countEligible(
  action: TargetAction,
  targets: Array<Pick<Target, 'state'>>,
): number {
  const { from } = targetActionPresentations[action];
  return targets.filter(({ state }) => from.includes(state)).length;
}
