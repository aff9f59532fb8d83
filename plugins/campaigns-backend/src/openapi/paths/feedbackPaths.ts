import { feedbackStates } from '@skein/plugin-campaigns-common';
import { pageOf, ref } from '../schemas';
import {
  campaign,
  inQuery,
  manyOf,
  operation,
  page,
  target,
  text,
} from './operations';

function decision(id: string, summary: string) {
  return {
    post: operation({
      id,
      summary,
      parameters: [campaign],
      body: ref('FeedbackSelection'),
    }),
  };
}

/** Routes of feedback. */
export const feedbackPaths = {
  '/campaigns/{campaign}/feedback': {
    get: operation({
      id: 'listFeedback',
      summary:
        'What was said of changes and instructions, in groups of the same words',
      parameters: [
        campaign,
        manyOf('states', feedbackStates),
        manyOf('sources', ['reviewer', 'agent']),
        inQuery('search', text),
        ...page,
      ],
      answer: pageOf(ref('FeedbackGroup')),
    }),
  },
  '/campaigns/{campaign}/feedback/promote': {
    post: operation({
      id: 'promoteFeedback',
      summary: 'Make a lesson of feedback, and a context revision with it',
      parameters: [campaign],
      body: ref('FeedbackPromotion'),
      answer: ref('ContextRevision'),
      status: 201,
    }),
  },
  '/campaigns/{campaign}/feedback/dismiss': decision(
    'dismissFeedback',
    'Put feedback aside',
  ),
  '/campaigns/{campaign}/feedback/reopen': decision(
    'reopenFeedback',
    'Take a dismissal back',
  ),
  '/targets/{target}/feedback': {
    get: operation({
      id: 'listTargetFeedback',
      summary: 'What was said of one target, newest first',
      parameters: [target, ...page],
      answer: pageOf(ref('Feedback')),
    }),
  },
};
