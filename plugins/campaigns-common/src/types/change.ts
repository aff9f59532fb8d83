import type { Edit, Leftovers, Refusal } from '@skein/mapping-rewriter';
import { TokenUsage } from './run';

/** One check before or after the transform. @public */
export interface VerificationResult {
  name: string;
  /** Where the check comes from: the runner itself, the repository's own command, or its CI on the forge. */
  source: 'skein' | 'repository' | 'ci';
  /** Its page on the forge. */
  url?: string;
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
  /** Names of the mapping tables that are neither changed nor refused, each with why it stays. */
  leftovers?: Leftovers;
  baseline: VerificationResult[];
  verification: VerificationResult[];
  /** Where an agent took part, or should have. */
  agent?: AgentReport;
  /** What programs of the campaign did. */
  commands?: CommandReport[];
  /** Lists were cut to the protocol's bounds. */
  truncated?: boolean;
}

/** What an agent did. @public */
export interface AgentReport {
  /**
   * - `finished`: its change was verified
   * - `turns`, `tokens`, `time`: a bound ended it, and its change was not taken
   * - `refused`: the model declined
   * - `stuck`: it stopped without having finished
   * - `overBudget`: no budget had room for the next call
   * - `unavailable`: it was not called, or the model could not be reached
   */
  outcome:
    | 'finished'
    | 'turns'
    | 'tokens'
    | 'time'
    | 'refused'
    | 'stuck'
    | 'overBudget'
    | 'unavailable';
  /** Its own summary where it finished, else why it did not. */
  summary: string;
  /** What it said of its instructions. */
  remarks: string[];
  model?: string;
  turns: number;
  usage: TokenUsage;
  /** Files that it changed, relative to the repository. */
  files: string[];
  /** What the mapping tables had refused and is not there any more. */
  resolved: Refusal[];
  /** What it left to a person. */
  asked: Refusal[];
}

/** What a program of a `command` step did. @public */
export interface CommandReport {
  command: string[];
  outcome: 'succeeded' | 'failed' | 'timeout' | 'missing' | 'output-limit';
  /** One line. */
  summary: string;
  /** The last part of the output, bounded and redacted. */
  output?: string;
  /** Files that it changed, relative to the repository. */
  files: string[];
  /** What it changed and was not taken, each with the reason. */
  left: string[];
  durationMs: number;
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
