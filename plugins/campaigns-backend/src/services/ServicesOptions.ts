import {
  AuthService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import { Extensions } from '../Extensions';

/** What the parts of the plugin are made from. */
export interface ServicesOptions {
  auth: AuthService;
  catalog: CatalogService;
  changes: CampaignChanges;
  config: RootConfigService;
  events: EventsService;
  extensions: Extensions;
  knex: Knex;
  logger: LoggerService;
}
