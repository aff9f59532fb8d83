import { FailureKind } from '@skein/plugin-campaigns-common';

const labels: Record<FailureKind, { label: string; explanation: string }> = {
  'baseline-failed': {
    label: 'Own checks fail before any change',
    explanation: 'The owners repair them first; then retry.',
  },
  'verification-failed': {
    label: 'Checks fail after the change',
    explanation: 'Look at the output on the target.',
  },
  'rewrite-unproven': {
    label: 'Could not be proven complete',
    explanation: 'A use of the old dataset may remain.',
  },
  'agent-unfinished': {
    label: 'Agent did not finish',
    explanation: 'The transcript in the log of the job shows how far it came.',
  },
  'command-failed': {
    label: 'Command of the campaign failed',
    explanation: 'Look at its output on the target.',
  },
  'ci-failed': {
    label: 'CI failed',
    explanation:
      'The repository’s own CI did not pass on a scratch branch with the change.',
  },
  'ci-timed-out': {
    label: 'CI took too long',
    explanation:
      'The repository’s own CI did not come to an end in the time that the campaign gives it.',
  },
  'review-rejected': {
    label: 'Change was rejected in review',
    explanation: 'The reasons are on the target.',
  },
  'source-unavailable': {
    label: 'Repository could not be fetched',
    explanation: 'Look at the access to the repository.',
  },
  timeout: {
    label: 'Took too long',
    explanation: 'It passed the time limit of a job.',
  },
  'out-of-memory': {
    label: 'Ran out of memory',
    explanation: 'It passed the memory limit of a job.',
  },
  'too-many-processes': {
    label: 'Started too many processes',
    explanation: 'It passed the limit of processes of a job.',
  },
  'cpu-limit': {
    label: 'Used too much processor time',
    explanation: 'It passed the limit of processor time of a job.',
  },
  'output-limit': {
    label: 'Wrote too much output',
    explanation: 'It passed the output limit of a job.',
  },
  'patch-too-large': {
    label: 'Change too large',
    explanation: 'It passed the size limit of a patch.',
  },
  'runner-crashed': {
    label: 'Runner was lost',
    explanation: 'Usually passes with a retry.',
  },
  'protocol-error': {
    label: 'Runner sent what could not be read',
    explanation: 'Look at the log of the job.',
  },
  'publish-failed': {
    label: 'Pull request could not be opened',
    explanation: 'Look at the rights of the forge identity.',
  },
};

/** A failure kind in words. */
export function failureKindLabel(kind: string): string {
  return labels[kind as FailureKind]?.label ?? kind;
}

/** What to look at, where it is known. */
export function failureKindExplanation(kind: string): string | undefined {
  return labels[kind as FailureKind]?.explanation;
}
