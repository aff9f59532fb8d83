import { GateAction, GateName, Review } from '@skein/plugin-campaigns-common';
import { StateGroup } from './targetStates';

/** What a gate watches, in the words of the people who read its findings. */
export const gateLabels: Record<GateName, string> = {
  allowedFiles: 'Allowed files',
  tests: 'Tests',
  lintRules: 'Lint rules',
  versions: 'Versions and thresholds',
  protectedFiles: 'Protected files',
  secrets: 'Secrets',
  size: 'Size',
  oldDataset: 'Old dataset',
  mapping: 'Mapping',
};

/** What follows from a finding. */
export const gateActions: Record<
  GateAction,
  { label: string; group: StateGroup }
> = {
  block: { label: 'Blocks', group: 'failed' },
  ask: { label: 'Asks for a look', group: 'attention' },
  warn: { label: 'Warns', group: 'waiting' },
};

export const reviewOutcomes: Record<
  Review['outcome'],
  { label: string; group: StateGroup }
> = {
  accepted: { label: 'Accepted', group: 'done' },
  rejected: { label: 'Sent back', group: 'failed' },
  ask: { label: 'Asks for a look', group: 'attention' },
};
