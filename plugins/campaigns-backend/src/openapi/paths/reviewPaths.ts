import { itemsOf, pageOf, ref } from '../schemas';
import { campaign, inQuery, operation, page, target } from './operations';

/** Routes of reviews. */
export const reviewPaths = {
  '/campaigns/{campaign}/mapping-preview': {
    get: operation({
      id: 'previewMapping',
      summary: 'What each line of the mapping tables does',
      parameters: [campaign],
      answer: { type: 'array', items: ref('MappingPreview') },
    }),
  },
  '/targets/{target}/reviews': {
    get: operation({
      id: 'listReviews',
      summary: 'Looks of gates and judge at the patches of a target',
      parameters: [
        target,
        ...page,
        inQuery('jobId', { type: 'string', format: 'uuid' }),
      ],
      answer: pageOf(ref('Review')),
    }),
  },
  '/campaigns/{campaign}/review-statistics': {
    get: operation({
      id: 'getReviewStatistics',
      summary: 'How the changes of each context revision fared in review',
      parameters: [campaign],
      answer: itemsOf(ref('ReviewStatistics')),
    }),
  },
};
