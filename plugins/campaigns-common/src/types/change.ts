import type { Edit, Refusal } from '@skein/mapping-rewriter';

/** One check before or after the transform. @public */
export interface VerificationResult {
  name: string;
  /** Where the check comes from: the runner itself, or the repository's own command. */
  source: 'skein' | 'repository';
  command?: string[];
  outcome: 'passed' | 'failed' | 'skipped';
  /** One line. */
  summary: string;
  /** The last part of the output, bounded. */
  output?: string;
  durationMs: number;
}

/** What a job says about its own work. @public */
export interface ChangeReport {
  framework: string;
  sandbox: string;
  edits: Edit[];
  /** What needs a person, each with the note that was left. */
  refusals: Refusal[];
  baseline: VerificationResult[];
  verification: VerificationResult[];
  /** Lists were cut to the protocol's bounds. */
  truncated?: boolean;
}

/** What a job produced. @public */
export interface Change {
  id: string;
  targetId: string;
  jobId: string;
  revisionId: string;
  /** Commit of the default branch that the patch applies to. */
  baseCommit: string;
  /** A git patch; paths are relative to the repository. */
  patch: string;
  filesChanged: number;
  insertions: number;
  deletions: number;
  report: ChangeReport;
  createdAt: string;
}
