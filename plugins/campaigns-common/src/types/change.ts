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
  /** What went wrong, root causes first; at most 50. */
  errors?: VerificationError[];
  /** The last part of the output, bounded. */
  output?: string;
  durationMs: number;
}

/** One thing that went wrong, as found in a check's output. @public */
export interface VerificationError {
  /** Whose words they are: `javac`, `pytest`, `eslint`, …; `skein` for the runner's own checks. */
  tool: string;
  /** One line. */
  message: string;
  /** Relative to the repository where it lies in it. */
  file?: string;
  line?: number;
  column?: number;
  /** Rule, error code or kind of exception. */
  code?: string;
  /** Name of the failing test. */
  test?: string;
  /** Some lines more, where the message alone does not say enough. */
  detail?: string;
  /** How often it was found, where more than once. */
  count?: number;
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
