import { RepositoryRef } from './repository';
import { PullRequest } from './pullRequest';

/**
 * Where a target is on its way. `candidate` waits for a person to say whether
 * it is in scope; `verified` is the end.
 *
 * @public
 */
export const targetStates = [
  'candidate',
  'outOfScope',
  'pending',
  'queued',
  'running',
  'verifying',
  'proposed',
  'approved',
  'publishing',
  'prOpen',
  'merged',
  'verified',
  'noChanges',
  'needsHuman',
  'failed',
  'overBudget',
  'stopped',
  'closed',
  'rolledBack',
  'driftedBack',
  'reverted',
] as const;

/** @public */
export type TargetState = (typeof targetStates)[number];

/**
 * Why a run could not finish a target, for grouping.
 *
 * @public
 */
export const failureKinds = [
  'baseline-failed',
  'verification-failed',
  'rewrite-unproven',
  'agent-unfinished',
  'command-failed',
  'review-rejected',
  'ci-failed',
  'ci-timed-out',
  'source-unavailable',
  'timeout',
  'out-of-memory',
  'too-many-processes',
  'cpu-limit',
  'output-limit',
  'patch-too-large',
  'runner-crashed',
  'protocol-error',
  'publish-failed',
] as const;

/** @public */
export type FailureKind = (typeof failureKinds)[number];

/** Why a target is in the scope, or out of it. @public */
export type ScopeReason =
  | {
      type: 'lineage';
      /** Providers that witness the path. */
      providers: string[];
      /** Titles of the nodes from the deprecated dataset to the consumer, both included. */
      path: string[];
      /** 1 for a direct consumer. */
      depth: number;
    }
  | {
      type: 'search';
      query: string;
      provider: string;
      /** A bounded number of matches; `total` counts all. */
      matches: Array<{ path: string; line: number; text: string }>;
      total: number;
    }
  | {
      type: 'rule';
      /** The rule of the campaign, or the person, that decided. */
      rule: string;
      detail: string;
      decision: 'in' | 'out';
    };

/**
 * One place to change.
 *
 * @public
 */
export interface Target {
  id: string;
  campaignId: string;
  campaignName: string;
  repository: RepositoryRef;
  /** Folder in the repository without slashes at the ends; empty for the whole repository. */
  path: string;
  framework: string;
  /** Catalog entity, where there is one. */
  entityRef?: string;
  ownerRef?: string;
  state: TargetState;
  /** One line: why it is in this state, where that is not plain. */
  stateReason?: string;
  failureKind?: FailureKind;
  /** Name of the wave of the rollout it belongs to; undefined until the launch. */
  wave?: string;
  reasons: ScopeReason[];
  /** Edits in the current change that are not notes. */
  editCount: number;
  /** Places in the current change that a person must decide. */
  noteCount: number;
  /** The review of its change asks for a look: a person approves it by itself, not with others. */
  approvalRequired: boolean;
  /** The newest change, where there is one. */
  changeId?: string;
  /** The newest job, where there is one. */
  jobId?: string;
  pullRequest?: PullRequest;
  /** ISO time by which the pull request is expected to be open, while it waits for its turn. */
  expectedAt?: string;
  createdAt: string;
  updatedAt: string;
}

/** States in which nothing more happens by itself. @public */
export const restingTargetStates: readonly TargetState[] = [
  'candidate',
  'outOfScope',
  'proposed',
  'prOpen',
  'merged',
  'verified',
  'noChanges',
  'needsHuman',
  'failed',
  'overBudget',
  'stopped',
  'closed',
  'rolledBack',
  'driftedBack',
  'reverted',
];

/** States from which a retry is possible. @public */
export const retryableTargetStates: readonly TargetState[] = [
  'failed',
  'overBudget',
  'stopped',
  'needsHuman',
  'noChanges',
  'closed',
  'driftedBack',
];
