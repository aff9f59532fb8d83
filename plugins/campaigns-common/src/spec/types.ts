import type { MappingTable, Schemas } from '@skein/mapping-rewriter';

/**
 * A campaign as people write it: the content of a campaign file, with mapping
 * tables and schemas in line.
 *
 * @public
 */
export interface CampaignSpec {
  apiVersion: 'skein/v1';
  kind: 'Campaign';
  name: string;
  title: string;
  description?: string;
  /** Entity ref of a group or user. */
  owner: string;
  /** ISO date. */
  deadline?: string;
  /** Address of the migration guide for people. */
  guide?: string;
  /** The guide itself as Markdown, where it came as a file: the portal serves it. */
  guideText?: string;
  datasets: CampaignDataset[];
  scope: ScopeSpec;
  /** What an agent is told beyond the mapping tables. */
  prompt?: string;
  transform: TransformStep[];
  verification: VerificationSpec;
  rollout: RolloutSpec;
  budget?: { amount: number; currency: string };
  pullRequest: PullRequestSpec;
}

/** @public */
export interface CampaignDataset {
  from: string;
  to: string;
  mapping: MappingTable;
  /** Columns of the old and the new dataset: dotted path to type. */
  schemas?: Schemas;
}

/** @public */
export interface ScopeSpec {
  lineage?: { direction: 'downstream'; depth: number };
  codeSearch: CodeSearchQuery[];
  frameworks: { include?: string[]; exclude?: string[] };
  /** `owner/name` or `host/owner/name`; `*` matches within a part. */
  repositories: { include?: string[]; exclude?: string[] };
}

/** The one form of a code search, whatever provider answers it. @public */
export interface CodeSearchQuery {
  /** Words to be found literally, case-insensitively. */
  query: string;
  /** Read `query` as a regular expression. */
  regex?: boolean;
  /** File name extensions without the dot. */
  extensions?: string[];
  /** Path prefix in the repository. */
  path?: string;
  /** `owner/name` to look in alone. */
  repository?: string;
}

/** @public */
export type TransformStep = {
  mapping: {
    outputs?: 'preserve' | 'rename';
    comments?: 'leave' | 'rename';
    /** Project of names that give none. Default: that of the first deprecated dataset. */
    defaultProject?: string;
  };
};

/** @public */
export interface VerificationSpec {
  /** A target whose checks fail before any change is not touched. Default: true. */
  requireBaseline: boolean;
  /** Limit for each check. Default: 10. */
  timeoutMinutes: number;
}

/** @public */
export interface RolloutSpec {
  /** In order; each takes `size` targets, or raises the released share of all targets to `share`. */
  waves: Array<{ name: string; size?: number; share?: number }>;
  /** Jobs of this campaign at one time. */
  concurrency: number;
  /** Pull requests of this campaign open at one time. */
  openPullRequests: number;
  /** Share of a wave's finished targets that may fail before the campaign pauses itself; 0 to 1. */
  failureThreshold: number;
  /** `required`: a person approves each change, or a wave at once, before its pull request. */
  approval: 'automatic' | 'required';
  /** The one who launched may not approve. */
  separateApprover: boolean;
}

/** Templates: `{{ target.repository }}`, `{{ target.path }}`, `{{ dataset.from }}`, `{{ dataset.to }}`, `{{ campaign.title }}`. @public */
export interface PullRequestSpec {
  title: string;
  /** Put before the generated body. */
  intro?: string;
  labels: string[];
  draft: boolean;
  /** Prefix of the branch; the campaign and the target's path follow. */
  branchPrefix: string;
}
