import { keepPreviousData, useQuery } from '@tanstack/react-query';
import {
  Campaign,
  CodeSearchReport,
  CodeSearchRequest,
  Job,
  JobEvent,
  ListCampaignsRequest,
  ListScopeChangesRequest,
  ListTargetsRequest,
  PageRequest,
  Target,
  TargetSelection,
  restingTargetStates,
} from '@skein/plugin-campaigns-common';
import { isMoving } from '../states/campaignStates';
import { useCampaignsData } from './CampaignsDataProvider';
import { allTargets } from './allTargets';
import { appendEvents } from './appendEvents';
import { countScope } from './countScope';
import { useLiveQuery, useStillQuery } from './useLiveQuery';

export function useCampaigns(request: ListCampaignsRequest) {
  return useLiveQuery({
    key: ['campaigns', request],
    load: api => api.listCampaigns(request),
    moving: page => page?.items.some(isMoving) ?? false,
    keepPrevious: true,
  });
}

export function useCampaign(name: string) {
  return useLiveQuery({
    key: ['campaign', name],
    load: api => api.getCampaign(name),
    moving: isMoving,
    campaignOf: campaign => campaign?.id,
  });
}

export function useTargets(
  campaign: Campaign,
  request: ListTargetsRequest,
  options: { enabled?: boolean } = {},
) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'targets', request],
    load: api => api.listTargets(campaign.name, request),
    moving: () => isMoving(campaign),
    campaignOf: () => campaign.id,
    keepPrevious: true,
    enabled: options.enabled,
  });
}

/** Which targets a selection holds. */
export function useTargetIds(campaign: Campaign, selection: TargetSelection) {
  return useStillQuery({
    key: ['campaign', campaign.name, 'targetIds', selection],
    load: async api => {
      if ('targetIds' in selection) return selection.targetIds;
      const targets = await allTargets(api, campaign.name, selection.filter);
      return targets.map(({ id }) => id);
    },
  });
}

export function useTargetFacets(campaign: Campaign) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'facets'],
    load: api => api.getTargetFacets(campaign.name),
    moving: () => isMoving(campaign),
    campaignOf: () => campaign.id,
  });
}

export function useActivity(campaign: Campaign, page: PageRequest) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'activity', page],
    load: api => api.listActivity(campaign.name, page),
    moving: () => isMoving(campaign),
    campaignOf: () => campaign.id,
    keepPrevious: true,
  });
}

export function useScopeSnapshots(campaign: Campaign) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'snapshots', campaign.scope.computedAt],
    load: api => api.listScopeSnapshots(campaign.name, { limit: 1 }),
    campaignOf: () => campaign.id,
    keepPrevious: true,
  });
}

export function useScopeChanges(
  campaign: Campaign,
  request: ListScopeChangesRequest,
) {
  const { computedAt } = campaign.scope;
  return useLiveQuery({
    key: ['campaign', campaign.name, 'scopeChanges', computedAt, request],
    load: api => api.listScopeChanges(campaign.name, request),
    campaignOf: () => campaign.id,
    keepPrevious: true,
  });
}

export function useSpend(campaign: Campaign) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'spend'],
    load: api => api.getSpend(campaign.name),
    moving: () => isMoving(campaign),
    campaignOf: () => campaign.id,
  });
}

export function useMappingPreview(campaign: Campaign) {
  return useStillQuery({
    key: ['campaign', campaign.name, 'mapping', campaign.revisionId],
    load: api => api.previewMapping(campaign.name),
  });
}

export function useEntityTargets(
  request: { entityRef: string } | { ownerRef: string },
  page: PageRequest,
) {
  return useLiveQuery({
    key: ['entityTargets', request, page],
    load: api => api.listTargetsOfEntity({ ...request, ...page }),
    moving: result => result?.items.some(isTargetMoving) ?? false,
    keepPrevious: true,
  });
}

export function useTarget(targetId: string) {
  return useLiveQuery({
    key: ['target', targetId],
    load: api => api.getTarget(targetId),
    moving: target => target !== undefined && isTargetMoving(target),
    campaignOf: target => target?.campaignId,
  });
}

export function useJobs(target: Target) {
  return useLiveQuery({
    key: ['target', target.id, 'jobs', target.jobId],
    load: api => api.listJobs(target.id, { limit: 50 }),
    moving: () => isTargetMoving(target),
    campaignOf: () => target.campaignId,
    keepPrevious: true,
  });
}

export function useModelCalls(
  target: Target,
  jobId: string,
  page: PageRequest,
) {
  return useLiveQuery({
    key: ['target', target.id, 'modelCalls', jobId, page],
    load: api => api.listModelCalls(jobId, page),
    moving: () => isTargetMoving(target),
    campaignOf: () => target.campaignId,
    keepPrevious: true,
  });
}

/** What the costs of a target's calls are in; it is the installation's. */
export function useSpendCurrency(target: Target): string | undefined {
  return useStillQuery({
    key: ['campaign', target.campaignName, 'currency'],
    load: async api => (await api.getSpend(target.campaignName)).currency,
  }).data;
}

/** @param jobId - of one job, which may be a trial; without, of the target's own */
export function useReviews(target: Target, jobId?: string) {
  return useLiveQuery({
    key: ['target', target.id, 'reviews', jobId ?? target.jobId, target.state],
    load: api => api.listReviews(target.id, { limit: 50, jobId }),
    moving: () => isTargetMoving(target),
    campaignOf: () => target.campaignId,
    keepPrevious: true,
  });
}

export function useChange(target: Target) {
  return useStillQuery({
    key: ['target', target.id, 'change', target.changeId],
    load: api => api.getChange(target.id),
    enabled: target.changeId !== undefined,
  });
}

/** What an agent would be told of a target; read when somebody asks, since it looks at the repository. */
export function usePrompt(
  target: Pick<Target, 'id'>,
  options: { revisionId?: string; enabled: boolean },
) {
  const { enabled, revisionId } = options;
  return useStillQuery({
    key: ['target', target.id, 'prompt', revisionId],
    load: api => api.getPrompt(target.id, { revisionId }),
    enabled,
  });
}

export function useSystemStatus() {
  return useStillQuery({ key: ['status'], load: api => api.getStatus() });
}

export function useLineage(request: {
  dataset: string;
  direction: 'downstream' | 'upstream' | 'both';
  depth: number;
  limit: number;
}) {
  return useLiveQuery({
    key: ['lineage', request],
    load: api => api.getLineage(request),
    keepPrevious: true,
  });
}

/** What becomes of a column, some steps on. */
export function useColumnLineage(request: { dataset: string; column: string }) {
  return useStillQuery({
    key: ['columnLineage', request],
    load: api => api.getColumnLineage({ ...request, depth: 3, limit: 200 }),
  });
}

export function useLineageProviders() {
  return useLiveQuery({
    key: ['lineageProviders'],
    load: api => api.listLineageProviders(),
    moving: result =>
      result?.items.some(({ state }) => state === 'running') ?? false,
  });
}

/** The log of a job, read on from the last line while the job lasts. */
export function useJobEvents(job: Pick<Job, 'id' | 'state'>) {
  const { api, store } = useCampaignsData();
  const key = ['jobEvents', job.id];
  const lasts = job.state === 'queued' || job.state === 'running';
  return useQuery<JobEvent[], Error>({
    queryKey: key,
    queryFn: async () => {
      const known = store.client.getQueryData<JobEvent[]>(key) ?? [];
      const { items } = await api.listJobEvents(job.id, {
        after: known[known.length - 1]?.id,
      });
      return appendEvents(known, items);
    },
    placeholderData: keepPreviousData,
    // A finished job still gets one more look, for the lines after its last.
    meta: { live: true },
    staleTime: lasts ? 0 : 5_000,
    refetchInterval: lasts ? 2_000 : false,
  });
}

function isTargetMoving(target: Target): boolean {
  return (
    !restingTargetStates.includes(target.state) ||
    target.state === 'prOpen' ||
    target.state === 'merged'
  );
}

/** How many targets a launch starts by framework and owner, for the dialog that asks. */
export function useScopeCounts(campaign: Campaign) {
  return useStillQuery({
    key: ['campaign', campaign.name, 'scopeCounts'],
    load: async api => {
      const [facets, others] = await Promise.all([
        api.getTargetFacets(campaign.name),
        allTargets(api, campaign.name, {
          states: ['candidate', 'outOfScope'],
        }),
      ]);
      return countScope(facets, others);
    },
  });
}

/** What a search finds; it runs once, until somebody asks again or leaves. */
export function useCodeSearch(request: CodeSearchRequest | undefined) {
  const { api } = useCampaignsData();
  return useQuery<CodeSearchReport, Error>({
    queryKey: ['codeSearch', request],
    queryFn: ({ signal }) => api.searchCode(request!, { signal }),
    enabled: request !== undefined,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
