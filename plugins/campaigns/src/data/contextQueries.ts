import {
  Campaign,
  Evaluation,
  ListFeedbackRequest,
  ListTrialsRequest,
  PageRequest,
  Target,
} from '@skein/plugin-campaigns-common';
import { useLiveQuery, useStillQuery } from './useLiveQuery';

/** The most that the API gives at once, and that an evaluation tries. */
export const mostAtOnce = 200;

export function useRevisions(campaign: Campaign, page: PageRequest) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'revisions', page],
    load: api => api.listRevisions(campaign.name, page),
    campaignOf: () => campaign.id,
    keepPrevious: true,
  });
}

export function useRevision(campaign: Campaign, revisionId: string) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'revision', revisionId],
    load: api => api.getRevision(campaign.name, revisionId),
    campaignOf: () => campaign.id,
  });
}

export function useRevisionComparison(
  campaign: Campaign,
  request: { base: string; head: string },
) {
  return useStillQuery({
    key: ['campaign', campaign.name, 'revisionComparison', request],
    load: api => api.compareRevisions(campaign.name, request),
    enabled: request.base !== '' && request.head !== '',
  });
}

export function useReviewStatistics(campaign: Campaign) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'reviewStatistics'],
    load: api => api.getReviewStatistics(campaign.name),
    campaignOf: () => campaign.id,
  });
}

export function useEvaluations(campaign: Campaign, page: PageRequest) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'evaluations', page],
    load: api => api.listEvaluations(campaign.name, page),
    moving: result => result?.items.some(isRunning) ?? false,
    campaignOf: () => campaign.id,
    keepPrevious: true,
  });
}

export function useEvaluation(campaign: Campaign, evaluationId: string) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'evaluation', evaluationId],
    load: api => api.getEvaluation(campaign.name, evaluationId),
    moving: evaluation => evaluation !== undefined && isRunning(evaluation),
    campaignOf: () => campaign.id,
  });
}

export function useTrials(
  campaign: Campaign,
  evaluation: Evaluation,
  request: ListTrialsRequest,
) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'trials', evaluation.id, request],
    load: api => api.listTrials(campaign.name, evaluation.id, request),
    moving: () => isRunning(evaluation),
    campaignOf: () => campaign.id,
    keepPrevious: true,
  });
}

export function useEvaluationComparison(
  campaign: Campaign,
  request: PageRequest & { base: string; head: string },
) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'evaluationComparison', request],
    load: api => api.compareEvaluations(campaign.name, request),
    moving: result =>
      result !== undefined && [result.base, result.head].some(isRunning),
    campaignOf: () => campaign.id,
    keepPrevious: true,
    enabled: request.base !== '' && request.head !== '',
  });
}

export function useJobChange(job: { jobId: string; changeId?: string }) {
  return useStillQuery({
    key: ['jobChange', job.jobId, job.changeId],
    load: api => api.getJobChange(job.jobId),
    enabled: job.changeId !== undefined,
  });
}

export function useFeedback(campaign: Campaign, request: ListFeedbackRequest) {
  return useLiveQuery({
    key: ['campaign', campaign.name, 'feedback', request],
    load: api => api.listFeedback(campaign.name, request),
    campaignOf: () => campaign.id,
    keepPrevious: true,
  });
}

/** How much of a campaign's feedback nobody has decided about; undefined until it is known. */
export function useOpenFeedbackCount(campaign: Campaign): number | undefined {
  return useFeedback(campaign, { states: ['open'], limit: 1 }).data?.totalItems;
}

export function useTargetFeedback(target: Target, page: PageRequest) {
  return useLiveQuery({
    key: ['target', target.id, 'feedback', page],
    load: api => api.listTargetFeedback(target.id, page),
    campaignOf: () => target.campaignId,
    keepPrevious: true,
  });
}

function isRunning({ state }: Evaluation): boolean {
  return state === 'running';
}
