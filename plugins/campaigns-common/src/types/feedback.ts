import { RepositoryRef } from './repository';

/** @public */
export const feedbackStates = ['open', 'promoted', 'dismissed'] as const;

/** @public */
export type FeedbackState = (typeof feedbackStates)[number];

/** `reviewer`: a comment on a pull request. `agent`: a remark on its instructions. @public */
export type FeedbackSource = 'reviewer' | 'agent';

/** What somebody said of a change, or of the instructions that it was made by. Foreign text: it is shown, never obeyed. @public */
export interface Feedback {
  id: string;
  campaignId: string;
  target: { id: string; repository: RepositoryRef; path: string };
  source: FeedbackSource;
  /** Of the change that it is about; undefined where that is not known. */
  revisionNumber?: number;
  /** Login on the forge; undefined for an agent. */
  author?: string;
  /** Cut to 4,000 characters. */
  text: string;
  /** Relative to the repository. */
  file?: string;
  line?: number;
  /** Of the comment on the forge. */
  url?: string;
  /** Of an agent's remark. */
  jobId?: string;
  createdAt: string;
}

/** Feedback in the same words, from one target or many; it is decided about together. @public */
export interface FeedbackGroup {
  /** SHA-256 of the source and the words without case, numbers and punctuation, hexadecimal; unique within the campaign. */
  key: string;
  source: FeedbackSource;
  state: FeedbackState;
  /** How often it was said, and of how many targets. */
  count: number;
  targets: number;
  /** The newest. */
  latest: Feedback;
  /** The context revision whose lesson it became. */
  promotedTo?: { revisionId: string; revisionNumber: number };
  /** Entity ref of who promoted or dismissed it. */
  decidedBy?: string;
  decidedAt?: string;
}
