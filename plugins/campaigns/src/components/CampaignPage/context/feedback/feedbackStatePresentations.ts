import { FeedbackState } from '@skein/plugin-campaigns-common';
import { Presentation } from '../../../shared';

/** What was made of feedback, in words. */
export const feedbackStatePresentations: Record<FeedbackState, Presentation> = {
  open: {
    label: 'Open',
    group: 'attention',
    explanation: 'Nobody has decided about it.',
  },
  promoted: {
    label: 'Lesson',
    group: 'done',
    explanation: 'A context revision tells it to jobs.',
  },
  dismissed: {
    label: 'Dismissed',
    group: 'ended',
    explanation: 'Somebody decided that jobs need not know it.',
  },
};
