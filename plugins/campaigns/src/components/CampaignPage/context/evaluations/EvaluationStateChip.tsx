import { Evaluation } from '@skein/plugin-campaigns-common';
import { Presentation, PresentationChip } from '../../../shared';

const presentations: Record<Evaluation['state'], Presentation> = {
  running: {
    label: 'Running',
    group: 'working',
    explanation: 'Some of its trials have not ended.',
  },
  finished: {
    label: 'Finished',
    group: 'done',
    explanation: 'Each of its trials has ended.',
  },
  stopped: {
    label: 'Stopped',
    group: 'ended',
    explanation: 'A person stopped it; only what had ended counts.',
  },
};

export function EvaluationStateChip(props: { evaluation: Evaluation }) {
  const { figures, state, targetCount } = props.evaluation;
  const presentation = presentations[state];
  return (
    <PresentationChip
      {...presentation}
      label={
        state === 'running'
          ? `${targetCount - figures.open} of ${targetCount} ended`
          : presentation.label
      }
    />
  );
}
