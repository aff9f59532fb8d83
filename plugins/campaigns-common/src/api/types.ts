import {
  CodeSearchReport,
  CampaignState,
  CampaignSummary,
  Campaign,
  Activity,
  TargetState,
  Target,
  Review,
  ScopeChange,
  ScopeSnapshot,
  Run,
  Job,
  JobEvent,
  Change,
  LineageDatasetPage,
  LineageColumnGraph,
  LineageGraph,
  LineageProviderStatus,
  CampaignSpend,
  CostEstimate,
  ModelCall,
} from '../types';
import { CampaignSpec, CodeSearchQuery } from '../spec/types';
import { ContextApi } from './ContextApi';
import { Page, PageRequest } from './paging';
import type {
  MappingPreviewLine,
  MappingProblem,
} from '@skein/mapping-rewriter';

/** @public */
export interface ListCampaignsRequest extends PageRequest {
  states?: CampaignState[];
  /** Words in name or title. */
  search?: string;
}

/** @public */
export type TargetSortField =
  | 'repository'
  | 'framework'
  | 'owner'
  | 'state'
  | 'wave'
  | 'updatedAt';

/** @public */
export interface TargetFilter {
  states?: TargetState[];
  frameworks?: string[];
  owners?: string[];
  waves?: string[];
  failureKinds?: string[];
  /** Words in repository or path. */
  search?: string;
}

/** @public */
export interface ListTargetsRequest extends PageRequest, TargetFilter {
  sort?: TargetSortField;
  order?: 'asc' | 'desc';
}

/** @public */
export interface ListScopeChangesRequest extends PageRequest {
  kinds?: ScopeChange['kind'][];
}

/** Values to filter targets by, each with its count. @public */
export interface TargetFacets {
  states: Record<string, number>;
  frameworks: Record<string, number>;
  owners: Record<string, number>;
  waves: Record<string, number>;
  failureKinds: Record<string, number>;
}

/** Chooses targets for a bulk action: by id, or all that match. @public */
export type TargetSelection =
  | { targetIds: string[] }
  | { filter: TargetFilter };

/** What a bulk action did; targets whose state does not allow it are skipped, each with the reason. @public */
export interface BulkResult {
  changed: number;
  skipped: Array<{ targetId: string; reason: string }>;
}

/** A mistake in a campaign file. @public */
export interface SpecProblem {
  severity: 'error' | 'warning';
  message: string;
  /** Which file, where a campaign consists of several. */
  file?: string;
  /** 1-based. */
  line?: number;
  column?: number;
  /** JSON pointer into the spec. */
  path?: string;
}

/** @public */
export interface ValidationResult {
  valid: boolean;
  problems: SpecProblem[];
  spec?: CampaignSpec;
}

/** A campaign file with the files that it names, as people write them. @public */
export interface CampaignFiles {
  /** The campaign file's text. */
  yaml: string;
  /** Texts of the mapping tables and schemas, by the path that the campaign file gives. */
  files?: Record<string, string>;
}

/** What a campaign is made from. @public */
export type CampaignInput = CampaignFiles | { spec: CampaignSpec };

/** @public */
export interface ListReviewsRequest extends PageRequest {
  /** Those of one job, which may be a trial. Default: all but those of trials. */
  jobId?: string;
}

/** @public */
export interface MappingPreview {
  dataset: { from: string; to: string };
  lines: MappingPreviewLine[];
  problems: MappingProblem[];
  /** Where the columns of the old and the new dataset are known from. */
  schemas: SchemaOrigin[];
}

/** Where the columns of a dataset are known from, or why they are not. @public */
export interface SchemaOrigin {
  dataset: string;
  /**
   * - `known`
   * - `missing`: the source knows that there is no such dataset
   * - `waiting`: it is about to be asked
   * - `failed`: asking failed, and nothing is known from before
   * - `unknown`: no source knows the dataset
   */
  state: 'known' | 'missing' | 'waiting' | 'failed' | 'unknown';
  /** Title of the source; `Campaign` for the campaign's own files. Absent where there is none. */
  source?: string;
  /** Number of columns and nested fields. */
  columns?: number;
  /** When the source said so; absent for the campaign's own files. */
  readAt?: string;
  /** Why asking failed, in one line. */
  message?: string;
}

/** @public */
export interface CodeSearchRequest {
  query: CodeSearchQuery;
  /** Ids of the providers to ask. Default: all that can answer the query. */
  providers?: string[];
}

/** What an agent is told about a target, word for word. @public */
export interface TargetPrompt {
  /** Commit of the default branch that was looked at. */
  commit: string;
  /** Version of the templates. */
  templates: string;
  /** What the agent's calls ask for; undefined where no model is connected. */
  model?: string;
  /** Whether a job would call the agent here, as far as that is known before any check has run. */
  called: boolean;
  /** Why, or why not, in one sentence. */
  reason: string;
  /** In the order in which the model reads them, after its tools. */
  sections: PromptSection[];
}

/** @public */
export interface PromptSection {
  /** `system` and `campaign` are the same for all targets of a context revision. */
  name: 'system' | 'campaign' | 'target';
  text: string;
  /** About; a token is taken for four characters. */
  tokens: number;
}

/** What this installation can do. @public */
export interface SystemStatus {
  executor: {
    id: string;
    /** How jobs are confined, or that they are not, in one sentence. */
    sandbox: string;
    sandboxed: boolean;
    /** What depends on the machine; empty where the executor does not say. */
    defences: SystemDefence[];
    runningJobs: number;
    concurrency: number;
  };
  forges: Array<{ host: string; title: string; identity?: string }>;
  codeSearch: Array<{ id: string; title: string }>;
  model: { available: boolean; message: string };
}

/** Something that confines jobs where a machine offers it. @public */
export interface SystemDefence {
  /** Unique among those of an executor, and the same in each version. */
  id: string;
  title: string;
  /** Whether it holds on the machine that jobs run on. */
  holds: boolean;
  /** What it stops; or why it does not hold, and what to do about it. */
  description: string;
}

/**
 * The API of the campaigns backend plugin.
 *
 * Errors are those of `@backstage/errors` (`ResponseError` over HTTP, with the
 * cause's name): InputError for a bad request, NotFoundError, ConflictError
 * where the state does not allow it, NotAllowedError.
 *
 * @public
 */
export interface CampaignsApi extends ContextApi {
  getStatus(): Promise<SystemStatus>;

  listCampaigns(request?: ListCampaignsRequest): Promise<Page<CampaignSummary>>;
  /** By name or id. */
  getCampaign(campaign: string): Promise<Campaign>;
  validateCampaign(files: CampaignFiles): Promise<ValidationResult>;
  createCampaign(request: CampaignInput): Promise<Campaign>;
  /** Makes a new context revision; targets and their states stay. */
  updateCampaign(campaign: string, request: CampaignInput): Promise<Campaign>;
  /** Drafts only. */
  deleteCampaign(campaign: string): Promise<void>;
  listActivity(campaign: string, page?: PageRequest): Promise<Page<Activity>>;
  listRuns(campaign: string, page?: PageRequest): Promise<Page<Run>>;
  previewMapping(campaign: string): Promise<MappingPreview[]>;

  /** Starts to compute the scope again; progress is in `campaign.scope`. */
  refreshScope(campaign: string): Promise<Campaign>;
  /** The scope as it was computed each time, newest first. */
  listScopeSnapshots(
    campaign: string,
    page?: PageRequest,
  ): Promise<Page<ScopeSnapshot>>;
  /** What came, went and changed in the scope since its first snapshot, newest first. */
  listScopeChanges(
    campaign: string,
    request?: ListScopeChangesRequest,
  ): Promise<Page<ScopeChange>>;
  /** `expectedTargets` must equal the number of targets in scope: what the person saw is what starts. */
  launchCampaign(
    campaign: string,
    request: { expectedTargets: number },
  ): Promise<Campaign>;
  pauseCampaign(
    campaign: string,
    request?: { reason?: string },
  ): Promise<Campaign>;
  resumeCampaign(campaign: string): Promise<Campaign>;
  cancelCampaign(
    campaign: string,
    request: { reason: string },
  ): Promise<Campaign>;

  /** What the model has cost the campaign, and may cost. */
  getSpend(campaign: string): Promise<CampaignSpend>;
  /**
   * Counts the prompts of a sample of targets and reckons what the campaign
   * will cost. It is stored, and shown beside what it cost.
   *
   * Throws ConflictError where no model is connected, or no step asks for one.
   */
  estimateCost(campaign: string): Promise<CostEstimate>;

  listTargets(
    campaign: string,
    request?: ListTargetsRequest,
  ): Promise<Page<Target>>;
  getTargetFacets(campaign: string): Promise<TargetFacets>;
  /** Targets of all campaigns that belong to a catalog entity or to an owner. */
  listTargetsOfEntity(
    request: PageRequest & ({ entityRef: string } | { ownerRef: string }),
  ): Promise<Page<Target>>;
  approveTargets(
    campaign: string,
    selection: TargetSelection,
  ): Promise<BulkResult>;
  retryTargets(
    campaign: string,
    selection: TargetSelection,
  ): Promise<BulkResult>;
  skipTargets(
    campaign: string,
    selection: TargetSelection & { reason: string },
  ): Promise<BulkResult>;
  /** Takes targets into scope that were out of it or undecided. */
  includeTargets(
    campaign: string,
    selection: TargetSelection,
  ): Promise<BulkResult>;
  stopTargets(
    campaign: string,
    selection: TargetSelection,
  ): Promise<BulkResult>;
  /** Closes open pull requests and deletes their branches. */
  rollBackTargets(
    campaign: string,
    selection: TargetSelection & { reason: string },
  ): Promise<BulkResult>;

  getTarget(targetId: string): Promise<Target>;
  listJobs(targetId: string, page?: PageRequest): Promise<Page<Job>>;
  /** Events after an id, oldest first; at most 1,000 at once. */
  listJobEvents(
    jobId: string,
    request?: { after?: number },
  ): Promise<{ items: JobEvent[] }>;
  /** Looks of gates and judge at the patches of a target, newest first. */
  listReviews(
    targetId: string,
    request?: ListReviewsRequest,
  ): Promise<Page<Review>>;
  /** Calls to the model for a job, newest first. */
  listModelCalls(jobId: string, page?: PageRequest): Promise<Page<ModelCall>>;
  /**
   * What an agent would be told of a target now; the mapping tables are applied
   * to the head of its branch.
   *
   * @param request.revisionId - of the campaign; default: the current one
   */
  getPrompt(
    targetId: string,
    request?: { revisionId?: string },
  ): Promise<TargetPrompt>;
  /** The newest change of a target. */
  getChange(targetId: string): Promise<Change>;

  /** `dataset` is a dotted dataset name, or an entity ref. */
  getLineage(request: {
    dataset: string;
    direction?: 'downstream' | 'upstream' | 'both';
    depth?: number;
    /** Nodes in the answer at most, up to 10,000. Default: 2,000. */
    limit?: number;
  }): Promise<LineageGraph>;
  /** All datasets that lineage knows, by name; up to 1,000 at once. */
  listLineageDatasets(request?: {
    after?: string;
    limit?: number;
  }): Promise<LineageDatasetPage>;
  /** What becomes of a column; `limit` is at most 5,000 columns, by default 1,000. */
  getColumnLineage(request: {
    dataset: string;
    column: string;
    /** In jobs, up to 20. Default: 3. */
    depth?: number;
    limit?: number;
  }): Promise<LineageColumnGraph>;
  listLineageProviders(): Promise<{ items: LineageProviderStatus[] }>;
  refreshLineage(): Promise<void>;

  /** Looks for code in the repositories that the caller may see in the catalog; takes as long as a minute. */
  searchCode(
    request: CodeSearchRequest,
    options?: { signal?: AbortSignal },
  ): Promise<CodeSearchReport>;
}
