import { Campaign, ContextRevision } from '@skein/plugin-campaigns-common';
import { Presentation, PresentationChip } from '../../../shared';

/** Whether jobs are told a revision, may be, or were. */
export function RevisionChip(props: {
  revision: ContextRevision;
  campaign: Campaign;
}) {
  const { campaign, revision } = props;
  return (
    <PresentationChip {...presentRevision(revision, campaign.revisionNumber)} />
  );
}

function presentRevision(
  { current, number }: ContextRevision,
  currentNumber: number,
): Presentation {
  if (current) {
    return {
      label: 'Current',
      group: 'done',
      explanation: 'Jobs that start now are told this one.',
    };
  }
  return number > currentNumber
    ? {
        label: 'Candidate',
        group: 'review',
        explanation: 'No job is told it before somebody adopts it.',
      }
    : {
        label: 'Earlier',
        group: 'ended',
        explanation: 'Another one is current; it can be adopted again.',
      };
}
