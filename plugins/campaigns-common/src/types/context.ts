import { CampaignSpec } from '../spec/types';

/** An immutable snapshot of what a run is told. @public */
export interface ContextRevision {
  id: string;
  campaignId: string;
  /** 1, 2, 3… within the campaign. */
  number: number;
  /** SHA-256 of the content, hexadecimal. */
  digest: string;
  /** Whether jobs that start now are told this one. A revision that is not can be evaluated, and adopted. */
  current: boolean;
  /** Why it was made, in one line. */
  note?: string;
  createdBy: string;
  createdAt: string;
}

/** A part of a context revision, as people read it. @public */
export interface ContextDocument {
  /** `Prompt`, `Lessons`, `Judge`, `Steps`, `Verification`, `Gates`, or `Mapping <old> to <new>`. */
  name: string;
  language: 'markdown' | 'yaml';
  text: string;
}

/** @public */
export interface ContextRevisionDetail extends ContextRevision {
  documents: ContextDocument[];
  /**
   * The campaign as it is, with this context: what a further revision can be
   * written from. Undefined where the revision is older than such records.
   */
  spec?: CampaignSpec;
}

/** What changed from one context revision to another. @public */
export interface ContextComparison {
  base: ContextRevision;
  head: ContextRevision;
  /** Of the documents that differ, each as a unified diff. */
  documents: Array<{ name: string; patch: string }>;
}

/**
 * What people found out in review, for all jobs that follow.
 *
 * @public
 */
export interface Lesson {
  /** An instruction, in words that hold for every target. */
  text: string;
  /** Who is told. */
  for: Array<'agent' | 'judge'>;
  /** Address of the comment that it comes from, where there is one. */
  source?: string;
}
