/**
 * What is looked for in every change before anybody is asked to read it.
 *
 * - `allowedFiles`: only files that the campaign allows
 * - `tests`: no test deleted, skipped or weakened, no check command changed
 * - `lintRules`: no rule switched off
 * - `versions`: no version and no coverage threshold lowered
 * - `protectedFiles`: no file that CI or a developer's machine executes, or that decides who owns code
 * - `secrets`: nothing that looks like a credential
 * - `size`: not more than a person can review
 * - `oldDataset`: nothing is left that the mapping table says how to change, and nothing is left without a note
 * - `mapping`: the columns read after the change are those that the mapping table gives
 *
 * @public
 */
export const gateNames = [
  'allowedFiles',
  'tests',
  'lintRules',
  'versions',
  'protectedFiles',
  'secrets',
  'size',
  'oldDataset',
  'mapping',
] as const;

/** @public */
export type GateName = (typeof gateNames)[number];

/** `block`: the change is not proposed. `ask`: a person approves it by itself. `warn`: it is shown. @public */
export type GateAction = 'block' | 'ask' | 'warn';

/** What a gate found in a change. @public */
export interface GateFinding {
  gate: GateName;
  action: GateAction;
  /** Relative to the repository; undefined where it concerns the change as a whole. */
  file?: string;
  /** 1-based; in the text after the change, or before it where the evidence was removed. */
  line?: number;
  /** One sentence. */
  message: string;
  /** The line itself, cut; never a secret. */
  evidence?: string;
}

/** What the judge, a model that sees request, context and diff alone, says of a change. @public */
export interface JudgeVerdict {
  verdict: 'accept' | 'veto';
  reasons: Array<{ file?: string; line?: number; reason: string }>;
  /** 0 to 1, by its own account. */
  confidence: number;
  model: string;
  /** SHA-256 of the judge's prompt, hexadecimal: equal prompts can be compared. */
  promptDigest: string;
}

/** One look at one patch: gates first, then the judge. @public */
export interface Review {
  id: string;
  targetId: string;
  jobId: string;
  revisionId: string;
  /** SHA-256 of the patch, hexadecimal. */
  patchDigest: string;
  /** 1 for the first patch of a job; each one that was sent back counts. */
  round: number;
  /** `ask` lets the change through to a person who must look at it by itself. */
  outcome: 'accepted' | 'rejected' | 'ask';
  findings: GateFinding[];
  /** Undefined where the policy asks no judge, or a gate blocked before. */
  judge?: JudgeVerdict;
  /** Why the judge could not be asked, where it should have been. */
  judgeError?: string;
  createdAt: string;
}

/**
 * How the changes of a context revision fared in review, so that revisions,
 * and the prompts of agent and judge with them, can be compared.
 *
 * @public
 */
export interface ReviewStatistics {
  revisionId: string;
  revisionNumber: number;
  /** Jobs of which at least one patch was looked at. */
  reviewed: number;
  /** Jobs whose last patch a gate blocked. */
  blocked: number;
  /** Jobs whose patches the judge was asked about. */
  judged: number;
  /** Jobs with at least one veto. */
  vetoed: number;
  /** Vetoed jobs of which a later patch was accepted. */
  recovered: number;
  /** What people made of the changes that the review let through. */
  people: {
    mergedAsIs: number;
    /** Merged with commits of people on the branch. */
    mergedEdited: number;
    /** Closed without a merge, or taken back. */
    closed: number;
  };
}
