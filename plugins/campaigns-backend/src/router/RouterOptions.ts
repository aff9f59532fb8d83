import { AuditorService } from '@backstage/backend-plugin-api';
import {
  LineageColumnGraph,
  LineageDatasetPage,
  LineageGraph,
  LineageProviderStatus,
  SystemStatus,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { Authorizer, RowFilter } from '../authorization';
import { CostEstimator, ModelGateway } from '../gateway';
import { CampaignLifecycle } from '../campaigns/CampaignLifecycle';
import { CampaignService } from '../campaigns/CampaignService';
import { RevisionService } from '../campaigns/revisions';
import { EvaluationService } from '../evaluations';
import { FeedbackService } from '../feedback';
import { ColumnLineageQuery } from '../lineage';
import { PromptPreview } from '../prompts';
import { CodeSearchService } from '../search';
import { TargetActions } from '../targets/TargetActions';

/** What the routes call. */
export interface RouterOptions {
  knex: Knex;
  authorizer: Authorizer;
  auditor: AuditorService;
  campaigns: CampaignService;
  revisions: RevisionService;
  evaluations: EvaluationService;
  feedback: FeedbackService;
  lifecycle: CampaignLifecycle;
  targets: TargetActions;
  lineage: {
    query(
      request: {
        dataset: string;
        direction: 'downstream' | 'upstream' | 'both';
        depth: number;
        limit?: number;
      },
      readable: RowFilter,
    ): Promise<LineageGraph>;
    listDatasets(request: {
      after?: string;
      limit?: number;
    }): Promise<LineageDatasetPage>;
    queryColumns(request: ColumnLineageQuery): Promise<LineageColumnGraph>;
    listProviders(): Promise<LineageProviderStatus[]>;
    refresh(): Promise<void>;
  };
  prompts: Pick<PromptPreview, 'render'>;
  search: Pick<CodeSearchService, 'search'>;
  model: {
    spend: ModelGateway['spendOf'];
    estimate: CostEstimator['estimate'];
  };
  status(): Promise<SystemStatus>;
  /** Check answers against the description too; for tests. */
  validateResponses?: boolean;
}
