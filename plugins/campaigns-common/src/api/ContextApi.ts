import {
  Campaign,
  Change,
  ContextComparison,
  ContextRevision,
  ContextRevisionDetail,
  Evaluation,
  EvaluationComparison,
  EvaluationSample,
  Feedback,
  FeedbackGroup,
  FeedbackSource,
  FeedbackState,
  ReviewStatistics,
  Trial,
  TrialOutcome,
} from '../types';
import { Page, PageRequest } from './paging';
import type { CampaignInput } from './types';

/** @public */
export interface ListTrialsRequest extends PageRequest {
  outcomes?: TrialOutcome[];
}

/** @public */
export interface ListFeedbackRequest extends PageRequest {
  states?: FeedbackState[];
  sources?: FeedbackSource[];
  /** Words in the text. */
  search?: string;
}

/**
 * What jobs of a campaign are told, how well it works, and what people and
 * agents say of it.
 *
 * @public
 */
export interface ContextApi {
  /** Newest first. */
  listRevisions(
    campaign: string,
    page?: PageRequest,
  ): Promise<Page<ContextRevision>>;
  getRevision(
    campaign: string,
    revisionId: string,
  ): Promise<ContextRevisionDetail>;
  compareRevisions(
    campaign: string,
    request: { base: string; head: string },
  ): Promise<ContextComparison>;
  /**
   * Stores a context that no job is told before somebody adopts it. The answer
   * is the current or the newest revision where it would be equal to that.
   */
  createRevision(
    campaign: string,
    request: CampaignInput & { note?: string },
  ): Promise<ContextRevision>;
  /**
   * Jobs that start from now on are told this revision, an older one too. What
   * is no part of a context (title, owner, deadline, scope, rollout, budget, pull
   * requests) stays as it is. Throws ConflictError where the campaign has ended.
   */
  adoptRevision(campaign: string, revisionId: string): Promise<Campaign>;
  /** By context revision, newest first. */
  getReviewStatistics(campaign: string): Promise<{ items: ReviewStatistics[] }>;

  /** Newest first. */
  listEvaluations(
    campaign: string,
    page?: PageRequest,
  ): Promise<Page<Evaluation>>;
  getEvaluation(campaign: string, evaluationId: string): Promise<Evaluation>;
  /**
   * Tries a revision on targets in scope that the caller may see; it pays into
   * the campaign's budgets. Throws ConflictError where one of the targets is
   * being tried already, or where the campaign has ended.
   */
  startEvaluation(
    campaign: string,
    request: { revisionId: string; sample: EvaluationSample },
  ): Promise<Evaluation>;
  stopEvaluation(campaign: string, evaluationId: string): Promise<Evaluation>;
  listTrials(
    campaign: string,
    evaluationId: string,
    request?: ListTrialsRequest,
  ): Promise<Page<Trial>>;
  compareEvaluations(
    campaign: string,
    request: PageRequest & { base: string; head: string },
  ): Promise<EvaluationComparison>;
  /** What a job made, a trial's too. */
  getJobChange(jobId: string): Promise<Change>;

  /** In groups of the same words; open ones first, then the most frequent. */
  listFeedback(
    campaign: string,
    request?: ListFeedbackRequest,
  ): Promise<Page<FeedbackGroup>>;
  /** What was said of one target, newest first. */
  listTargetFeedback(
    targetId: string,
    page?: PageRequest,
  ): Promise<Page<Feedback>>;
  /**
   * Makes a lesson of feedback, in the words of the person who promotes it, and
   * a context revision with it.
   *
   * @param request.adopt - tell it to all jobs that follow; else the revision waits to be evaluated and adopted
   */
  promoteFeedback(
    campaign: string,
    request: {
      keys: string[];
      text: string;
      for: Array<'agent' | 'judge'>;
      adopt: boolean;
    },
  ): Promise<ContextRevision>;
  dismissFeedback(campaign: string, request: { keys: string[] }): Promise<void>;
  /** Takes a dismissal back. */
  reopenFeedback(campaign: string, request: { keys: string[] }): Promise<void>;
}
