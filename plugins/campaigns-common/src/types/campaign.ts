import { CampaignSpec } from '../spec/types';
import { TargetState } from './target';

/**
 * - `draft`: spec and scope can be worked on; nothing runs
 * - `active`: launched
 * - `paused`: nothing new starts; what runs is finished
 * - `cancelled`: ended by a person
 * - `completed`: every target in scope reached its end
 *
 * @public
 */
export const campaignStates = [
  'draft',
  'active',
  'paused',
  'cancelled',
  'completed',
] as const;

/** @public */
export type CampaignState = (typeof campaignStates)[number];

/** @public */
export interface ScopeStatus {
  state: 'none' | 'computing' | 'ready' | 'failed';
  /** What it is doing, or why it failed, in one line. */
  message?: string;
  computedAt?: string;
}

/** @public */
export interface CampaignSummary {
  id: string;
  /** Unique, for URLs: lower-case letters, digits and dashes. */
  name: string;
  title: string;
  ownerRef: string;
  state: CampaignState;
  /** Why it is paused or cancelled, in one line. */
  stateReason?: string;
  deadline?: string;
  datasets: Array<{ from: string; to: string }>;
  /** Number of targets in each state; states without targets are absent. */
  counts: Partial<Record<TargetState, number>>;
  /** Targets in scope: all but `candidate` and `outOfScope`. */
  inScope: number;
  scope: ScopeStatus;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
  launchedAt?: string;
  launchedBy?: string;
}

/** @public */
export interface Campaign extends CampaignSummary {
  spec: CampaignSpec;
  /** The newest context revision. */
  revisionId: string;
  revisionNumber: number;
  /** Waves in order, with what they hold. */
  waves: WaveSummary[];
  /** Consumers that appeared after the launch and wait for a person. */
  newcomers: number;
  /** Failed targets by kind, most first. */
  failures: Array<{ kind: string; count: number; example?: string }>;
}

/** @public */
export interface WaveSummary {
  name: string;
  /** `waiting` for the one before, `running`, or `finished` when each of its targets is at rest. */
  state: 'waiting' | 'running' | 'finished';
  targets: number;
  counts: Partial<Record<TargetState, number>>;
}

/** One entry of a campaign's history. @public */
export interface Activity {
  id: string;
  at: string;
  /** Entity ref of the user, or `skein` where the rollout policy acted. */
  actor: string;
  /** For example `campaign.launch`, `target.approve`. */
  action: string;
  targetId?: string;
  /** One line for people. */
  message: string;
}
