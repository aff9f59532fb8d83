import { AgentReport, CommandReport } from '@skein/plugin-campaigns-common';
import { StateGroup } from './targetStates';

/** How an agent ended, in words. */
export const agentOutcomes: Record<
  AgentReport['outcome'],
  { label: string; group: StateGroup }
> = {
  finished: { label: 'Finished', group: 'done' },
  turns: { label: 'Used up its turns', group: 'attention' },
  tokens: { label: 'Used up its tokens', group: 'attention' },
  time: { label: 'Used up its time', group: 'attention' },
  refused: { label: 'The model declined', group: 'attention' },
  stuck: { label: 'Got stuck', group: 'attention' },
  overBudget: { label: 'Over budget', group: 'attention' },
  unavailable: { label: 'Not called', group: 'waiting' },
};

/** How a program ended, in words. */
export const commandOutcomes: Record<
  CommandReport['outcome'],
  { label: string; group: StateGroup }
> = {
  succeeded: { label: 'Succeeded', group: 'done' },
  failed: { label: 'Failed', group: 'failed' },
  timeout: { label: 'Took too long', group: 'failed' },
  missing: { label: 'Not installed', group: 'failed' },
  'output-limit': { label: 'Printed too much', group: 'failed' },
};
