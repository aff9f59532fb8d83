import { FailureKind, TargetState } from './target';
import { JobState } from './run';
import { RepositoryRef } from './repository';

/** How a trial ended: what its target would have become, or that it was stopped. @public */
export type TrialOutcome = Extract<
  TargetState,
  'proposed' | 'noChanges' | 'needsHuman' | 'failed' | 'overBudget' | 'stopped'
>;

/** One target in an evaluation. Nothing of it leaves the backend, and its target stays as it is. @public */
export interface Trial {
  jobId: string;
  target: {
    id: string;
    repository: RepositoryRef;
    path: string;
    framework: string;
    ownerRef?: string;
  };
  state: JobState;
  phase?: string;
  /** Undefined until it has ended. */
  outcome?: TrialOutcome;
  failureKind?: FailureKind;
  /** One line. */
  message?: string;
  /** Its patch can be read with `getJobChange`. */
  changeId?: string;
  editCount: number;
  /** Places that were left to a person. */
  noteCount: number;
  insertions: number;
  deletions: number;
  /** Patches that gates or judge sent back. */
  blocked: number;
  vetoed: number;
  /** A person would have to approve it by itself. */
  approvalRequired: boolean;
  /** Of its model calls, in the currency of the campaign's spend. */
  cost: number;
  tokens: number;
  durationMs?: number;
}

/** What trials came to, together. @public */
export interface EvaluationFigures {
  /** How many there are of each outcome; outcomes without trials are absent. */
  outcomes: Partial<Record<TrialOutcome, number>>;
  /** Trials that have not ended. */
  open: number;
  /** Ended as `proposed`: verified, and let through by gates and judge. */
  passed: number;
  /** Of the trials that ended and were not stopped, 0 to 1; undefined without any. */
  passRate?: number;
  /** Trials with a patch that a gate sent back. */
  blocked: number;
  /** Trials with a patch that the judge was asked about, that it vetoed, and that passed after a veto. */
  judged: number;
  vetoed: number;
  recovered: number;
  /** Passed, and a person would have to approve it by itself. */
  approvalRequired: number;
  /** Places left to a person, over all trials. */
  noteCount: number;
  cost: number;
  tokens: number;
  /** Of the trials that ended and were not stopped; undefined without any. */
  medianMs?: number;
}

/** A context revision tried on some targets, before it is told to all. @public */
export interface Evaluation {
  /** Of its run, whose kind is `dryRun`. */
  id: string;
  campaignId: string;
  /** Of the run within the campaign. */
  number: number;
  revisionId: string;
  revisionNumber: number;
  state: 'running' | 'finished' | 'stopped';
  targetCount: number;
  /** ISO code of all amounts. */
  currency: string;
  figures: EvaluationFigures;
  createdBy: string;
  createdAt: string;
  finishedAt?: string;
}

/** Which targets a context revision is tried on. @public */
export type EvaluationSample =
  /** So many that have something left to change, with some of each framework and owner; the same targets give the same sample. */
  | { size: number }
  /** At most 200. */
  | { targetIds: string[] }
  /** Those of an earlier evaluation, on the same commits, so that both can be compared. */
  | { sameAs: string };

/** One target in two evaluations. @public */
export interface TrialComparison {
  target: Trial['target'];
  base?: Trial;
  head?: Trial;
  /**
   * - `better`: passes now, and did not
   * - `worse`: does not pass any more
   * - `same`: the same outcome and the same patch
   * - `different`: the same outcome, by another patch or for another reason
   * - `unknown`: not in both, not ended in both, or a runner or a repository was not to be had
   */
  change: 'better' | 'worse' | 'same' | 'different' | 'unknown';
}

/** @public */
export interface EvaluationComparison {
  base: Evaluation;
  head: Evaluation;
  /** How many targets there are of each change. */
  counts: Record<TrialComparison['change'], number>;
  /** Those that became worse first, then better, different, unknown and same. */
  items: TrialComparison[];
  totalItems: number;
}
