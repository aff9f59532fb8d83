import {
  campaignReadPermission,
  ListReviewsRequest,
} from '@skein/plugin-campaigns-common';
import { Router } from 'express';
import { getReviewStatistics } from '../database/operations/reviews/getReviewStatistics';
import { listReviews } from '../database/operations/reviews/listReviews';
import { findCampaign } from './findCampaign';
import { findTarget } from './findTarget';
import { RouterOptions } from './RouterOptions';

/** Routes for what gates and judge say of changes. */
export function addReviewRoutes(router: Router, options: RouterOptions) {
  const { knex } = options;

  router.get('/targets/:target/reviews', async (request, response) => {
    const { id } = await findTarget(options, request, request.params.target);
    const query = request.query as unknown as ListReviewsRequest;
    response.json(await listReviews(knex, id, query));
  });

  router.get(
    '/campaigns/:campaign/review-statistics',
    async (request, response) => {
      const { row, readable } = await findCampaign(
        options,
        request,
        request.params.campaign,
        campaignReadPermission,
      );
      response.json({
        items: await getReviewStatistics(knex, row.id, readable),
      });
    },
  );
}
