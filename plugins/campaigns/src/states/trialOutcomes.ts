import {
  Trial,
  TrialComparison,
  TrialOutcome,
} from '@skein/plugin-campaigns-common';
import { StateGroup } from './targetStates';

interface Presentation {
  label: string;
  group: StateGroup;
  explanation: string;
}

/** How a trial ended, in words and in the order of bars; a trial is no target, so that nothing waits for an approval. */
export const trialOutcomes: Record<TrialOutcome, Presentation> = {
  proposed: {
    label: 'Passed',
    group: 'done',
    explanation: 'Verified, and let through by gates and judge.',
  },
  noChanges: {
    label: 'No change needed',
    group: 'ended',
    explanation: 'The code does not read the old dataset.',
  },
  needsHuman: {
    label: 'Needs a person',
    group: 'attention',
    explanation: 'Nothing could be changed safely without a decision.',
  },
  overBudget: {
    label: 'Over budget',
    group: 'attention',
    explanation: 'No budget had room for what it asked of the model.',
  },
  failed: {
    label: 'Failed',
    group: 'failed',
    explanation: 'It could not finish, or its change was sent back.',
  },
  stopped: {
    label: 'Stopped',
    group: 'waiting',
    explanation: 'A person stopped it; it does not count.',
  },
};

const openStates: Partial<Record<Trial['state'], Presentation>> = {
  queued: {
    label: 'Waits',
    group: 'waiting',
    explanation: 'It waits for a free runner.',
  },
  running: {
    label: 'Running',
    group: 'working',
    explanation: 'A job rewrites and verifies the code now.',
  },
};

/** What a trial has come to, or is at. */
export function presentTrial({
  outcome,
  state,
}: Pick<Trial, 'outcome' | 'state'>): Presentation {
  return (
    (outcome && trialOutcomes[outcome]) ??
    openStates[state] ?? { label: state, group: 'ended', explanation: '' }
  );
}

/** What became of a target from one evaluation to another, in the order of lists. */
export const trialChanges: Record<TrialComparison['change'], Presentation> = {
  worse: {
    label: 'Worse',
    group: 'failed',
    explanation: 'It does not pass any more.',
  },
  better: {
    label: 'Better',
    group: 'done',
    explanation: 'It passes now, and did not.',
  },
  different: {
    label: 'Different',
    group: 'review',
    explanation: 'The same outcome, by another patch or for another reason.',
  },
  unknown: {
    label: 'Unknown',
    group: 'waiting',
    explanation: 'It was not tried in both, or has not ended in both.',
  },
  same: {
    label: 'Same',
    group: 'ended',
    explanation: 'The same outcome and the same patch.',
  },
};
