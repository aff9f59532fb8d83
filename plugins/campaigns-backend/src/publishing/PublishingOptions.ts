import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import { Forges, RepositoryMirrors } from '../repositories';
import { WriteGovernor } from './governor/WriteGovernor';
import { OwnerReviewers } from './reviewers/catalogReviewers';

/** Steps of a publication after which a crash hurts most. */
export type PublishingStep = 'branch-pushed' | 'pull-request-created';

/** What publishing works with. */
export interface PublishingOptions {
  knex: Knex;
  forges: Forges;
  mirrors: RepositoryMirrors;
  governor: WriteGovernor;
  changes: CampaignChanges;
  logger: LoggerService;
  /** Who reviews where a repository has no CODEOWNERS. */
  ownerReviewers?: OwnerReviewers;
  /** Page of a target in the portal. */
  targetUrl?: (campaignName: string, targetId: string) => string;
  /** For tests: called after the step, before it is written down as done. */
  onStep?: (step: PublishingStep) => Promise<void> | void;
  /** How often to look for work that nobody announced. Default: 5,000. */
  idleMilliseconds?: number;
  /** Default: two minutes. */
  leaseMilliseconds?: number;
  /** Publications prepared at one time; writes happen one by one. Default: 2. */
  concurrency?: number;
  /** First pause after a failure that may pass; doubles each time. Default: 15,000. */
  retryMilliseconds?: number;
}
