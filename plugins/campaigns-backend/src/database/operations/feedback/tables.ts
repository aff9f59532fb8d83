import { FeedbackSource, FeedbackState } from '@skein/plugin-campaigns-common';
import { DbTime } from '../../tables';

/** Rows of `feedback`. */
export interface FeedbackRow {
  id: string;
  campaign_id: string;
  target_id: string;
  source: FeedbackSource;
  key: string;
  text: string;
  author: string | null;
  pr_number: number | null;
  comment_id: string | null;
  url: string | null;
  file: string | null;
  line: number | null;
  job_id: string | null;
  revision_id: string | null;
  created_at: DbTime;
}

/** Rows of `feedback_decisions`. */
export interface FeedbackDecisionRow {
  campaign_id: string;
  key: string;
  state: Exclude<FeedbackState, 'open'>;
  revision_id: string | null;
  decided_by: string;
  decided_at: DbTime;
}

/** Of each source and target the newest are kept, those that were decided about first. */
export const MOST_FEEDBACK_PER_TARGET = 200;
