import { ResponseError } from '@backstage/errors';
import { CampaignsApi } from './types';

/** Where the plugin is served; the front end's and the backend's discovery both fit. @public */
export interface DiscoveryLike {
  getBaseUrl(pluginId: string): Promise<string>;
}

/** A fetch that adds what the backend needs to know the caller. @public */
export interface FetchLike {
  fetch: typeof fetch;
}

type Query = Record<string, string | number | string[] | undefined>;

/**
 * Typed client of the campaigns backend plugin, for the front end, scripts and tests.
 *
 * @public
 */
export class CampaignsClient implements CampaignsApi {
  readonly #discovery: DiscoveryLike;
  readonly #fetch: FetchLike;

  constructor(options: { discoveryApi: DiscoveryLike; fetchApi: FetchLike }) {
    this.#discovery = options.discoveryApi;
    this.#fetch = options.fetchApi;
  }

  getStatus: CampaignsApi['getStatus'] = () => this.#get('/status');

  listCampaigns: CampaignsApi['listCampaigns'] = (request = {}) =>
    this.#get('/campaigns', { ...request });

  getCampaign: CampaignsApi['getCampaign'] = campaign =>
    this.#get(campaignPath(campaign));

  validateCampaign: CampaignsApi['validateCampaign'] = files =>
    this.#send('POST', '/validate', files);

  createCampaign: CampaignsApi['createCampaign'] = request =>
    this.#send('POST', '/campaigns', request);

  updateCampaign: CampaignsApi['updateCampaign'] = (campaign, request) =>
    this.#send('PUT', campaignPath(campaign), request);

  deleteCampaign: CampaignsApi['deleteCampaign'] = campaign =>
    this.#send('DELETE', campaignPath(campaign));

  listRevisions: CampaignsApi['listRevisions'] = (campaign, page = {}) =>
    this.#get(`${campaignPath(campaign)}/revisions`, { ...page });

  getRevision: CampaignsApi['getRevision'] = (campaign, revisionId) =>
    this.#get(revisionPath(campaign, revisionId));

  compareRevisions: CampaignsApi['compareRevisions'] = (campaign, request) =>
    this.#get(`${campaignPath(campaign)}/revision-comparison`, { ...request });

  createRevision: CampaignsApi['createRevision'] = (campaign, request) =>
    this.#send('POST', `${campaignPath(campaign)}/revisions`, request);

  adoptRevision: CampaignsApi['adoptRevision'] = (campaign, revisionId) =>
    this.#send('POST', `${revisionPath(campaign, revisionId)}/adopt`);

  getReviewStatistics: CampaignsApi['getReviewStatistics'] = campaign =>
    this.#get(`${campaignPath(campaign)}/review-statistics`);

  listEvaluations: CampaignsApi['listEvaluations'] = (campaign, page = {}) =>
    this.#get(`${campaignPath(campaign)}/evaluations`, { ...page });

  getEvaluation: CampaignsApi['getEvaluation'] = (campaign, evaluationId) =>
    this.#get(evaluationPath(campaign, evaluationId));

  startEvaluation: CampaignsApi['startEvaluation'] = (campaign, request) =>
    this.#send('POST', `${campaignPath(campaign)}/evaluations`, request);

  stopEvaluation: CampaignsApi['stopEvaluation'] = (campaign, evaluationId) =>
    this.#send('POST', `${evaluationPath(campaign, evaluationId)}/stop`);

  listTrials: CampaignsApi['listTrials'] = (
    campaign,
    evaluationId,
    request = {},
  ) =>
    this.#get(`${evaluationPath(campaign, evaluationId)}/trials`, {
      ...request,
    });

  compareEvaluations: CampaignsApi['compareEvaluations'] = (
    campaign,
    request,
  ) =>
    this.#get(`${campaignPath(campaign)}/evaluation-comparison`, {
      ...request,
    });

  getJobChange: CampaignsApi['getJobChange'] = jobId =>
    this.#get(`/jobs/${encodeURIComponent(jobId)}/change`);

  listFeedback: CampaignsApi['listFeedback'] = (campaign, request = {}) =>
    this.#get(`${campaignPath(campaign)}/feedback`, { ...request });

  listTargetFeedback: CampaignsApi['listTargetFeedback'] = (
    targetId,
    page = {},
  ) =>
    this.#get(`/targets/${encodeURIComponent(targetId)}/feedback`, { ...page });

  promoteFeedback: CampaignsApi['promoteFeedback'] = (campaign, request) =>
    this.#send('POST', `${campaignPath(campaign)}/feedback/promote`, request);

  dismissFeedback: CampaignsApi['dismissFeedback'] = (campaign, request) =>
    this.#send('POST', `${campaignPath(campaign)}/feedback/dismiss`, request);

  reopenFeedback: CampaignsApi['reopenFeedback'] = (campaign, request) =>
    this.#send('POST', `${campaignPath(campaign)}/feedback/reopen`, request);

  listActivity: CampaignsApi['listActivity'] = (campaign, page = {}) =>
    this.#get(`${campaignPath(campaign)}/activity`, { ...page });

  listRuns: CampaignsApi['listRuns'] = (campaign, page = {}) =>
    this.#get(`${campaignPath(campaign)}/runs`, { ...page });

  previewMapping: CampaignsApi['previewMapping'] = campaign =>
    this.#get(`${campaignPath(campaign)}/mapping-preview`);

  refreshScope: CampaignsApi['refreshScope'] = campaign =>
    this.#send('POST', `${campaignPath(campaign)}/refresh-scope`);

  launchCampaign: CampaignsApi['launchCampaign'] = (campaign, request) =>
    this.#send('POST', `${campaignPath(campaign)}/launch`, request);

  pauseCampaign: CampaignsApi['pauseCampaign'] = (campaign, request = {}) =>
    this.#send('POST', `${campaignPath(campaign)}/pause`, request);

  resumeCampaign: CampaignsApi['resumeCampaign'] = campaign =>
    this.#send('POST', `${campaignPath(campaign)}/resume`);

  cancelCampaign: CampaignsApi['cancelCampaign'] = (campaign, request) =>
    this.#send('POST', `${campaignPath(campaign)}/cancel`, request);

  getSpend: CampaignsApi['getSpend'] = campaign =>
    this.#get(`${campaignPath(campaign)}/spend`);

  estimateCost: CampaignsApi['estimateCost'] = campaign =>
    this.#send('POST', `${campaignPath(campaign)}/estimate`);

  listTargets: CampaignsApi['listTargets'] = (campaign, request = {}) =>
    this.#get(`${campaignPath(campaign)}/targets`, { ...request });

  getTargetFacets: CampaignsApi['getTargetFacets'] = campaign =>
    this.#get(`${campaignPath(campaign)}/target-facets`);

  listTargetsOfEntity: CampaignsApi['listTargetsOfEntity'] = request =>
    this.#get('/targets', { ...request });

  approveTargets: CampaignsApi['approveTargets'] = (campaign, selection) =>
    this.#send('POST', `${campaignPath(campaign)}/targets/approve`, selection);

  retryTargets: CampaignsApi['retryTargets'] = (campaign, selection) =>
    this.#send('POST', `${campaignPath(campaign)}/targets/retry`, selection);

  skipTargets: CampaignsApi['skipTargets'] = (campaign, selection) =>
    this.#send('POST', `${campaignPath(campaign)}/targets/skip`, selection);

  includeTargets: CampaignsApi['includeTargets'] = (campaign, selection) =>
    this.#send('POST', `${campaignPath(campaign)}/targets/include`, selection);

  stopTargets: CampaignsApi['stopTargets'] = (campaign, selection) =>
    this.#send('POST', `${campaignPath(campaign)}/targets/stop`, selection);

  rollBackTargets: CampaignsApi['rollBackTargets'] = (campaign, selection) =>
    this.#send(
      'POST',
      `${campaignPath(campaign)}/targets/roll-back`,
      selection,
    );

  getTarget: CampaignsApi['getTarget'] = targetId =>
    this.#get(`/targets/${encodeURIComponent(targetId)}`);

  listJobs: CampaignsApi['listJobs'] = (targetId, page = {}) =>
    this.#get(`/targets/${encodeURIComponent(targetId)}/jobs`, { ...page });

  listJobEvents: CampaignsApi['listJobEvents'] = (jobId, request = {}) =>
    this.#get(`/jobs/${encodeURIComponent(jobId)}/events`, { ...request });

  listModelCalls: CampaignsApi['listModelCalls'] = (jobId, page = {}) =>
    this.#get(`/jobs/${encodeURIComponent(jobId)}/model-calls`, { ...page });

  listReviews: CampaignsApi['listReviews'] = (targetId, request = {}) =>
    this.#get(`/targets/${encodeURIComponent(targetId)}/reviews`, {
      ...request,
    });

  listScopeSnapshots: CampaignsApi['listScopeSnapshots'] = (
    campaign,
    page = {},
  ) => this.#get(`${campaignPath(campaign)}/scope/snapshots`, { ...page });

  listScopeChanges: CampaignsApi['listScopeChanges'] = (
    campaign,
    request = {},
  ) => this.#get(`${campaignPath(campaign)}/scope/changes`, { ...request });

  getPrompt: CampaignsApi['getPrompt'] = (targetId, request = {}) =>
    this.#get(`/targets/${encodeURIComponent(targetId)}/prompt`, {
      ...request,
    });

  getChange: CampaignsApi['getChange'] = targetId =>
    this.#get(`/targets/${encodeURIComponent(targetId)}/change`);

  getLineage: CampaignsApi['getLineage'] = request =>
    this.#get('/lineage', { ...request });

  listLineageDatasets: CampaignsApi['listLineageDatasets'] = (request = {}) =>
    this.#get('/lineage/datasets', { ...request });

  getColumnLineage: CampaignsApi['getColumnLineage'] = request =>
    this.#get('/lineage/columns', { ...request });

  listLineageProviders: CampaignsApi['listLineageProviders'] = () =>
    this.#get('/lineage/providers');

  refreshLineage: CampaignsApi['refreshLineage'] = () =>
    this.#send('POST', '/lineage/refresh');

  searchCode: CampaignsApi['searchCode'] = (request, options = {}) =>
    this.#send('POST', '/search', request, options.signal);

  async #get<T>(path: string, query: Query = {}): Promise<T> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      for (const item of Array.isArray(value) ? value : [value]) {
        if (item !== undefined) parameters.append(name, String(item));
      }
    }
    const search = parameters.toString();
    return this.#request(search ? `${path}?${search}` : path, {});
  }

  async #send<T>(
    method: string,
    path: string,
    body?: object,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.#request(path, {
      method,
      signal,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
  }

  async #request<T>(path: string, init: RequestInit): Promise<T> {
    const baseUrl = await this.#discovery.getBaseUrl('campaigns');
    const response = await this.#fetch.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.status === 204 ? (undefined as T) : response.json();
  }
}

function campaignPath(campaign: string): string {
  return `/campaigns/${encodeURIComponent(campaign)}`;
}

function revisionPath(campaign: string, revisionId: string): string {
  return `${campaignPath(campaign)}/revisions/${encodeURIComponent(
    revisionId,
  )}`;
}

function evaluationPath(campaign: string, evaluationId: string): string {
  return `${campaignPath(campaign)}/evaluations/${encodeURIComponent(
    evaluationId,
  )}`;
}
