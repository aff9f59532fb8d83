import type { MappingTable, Schemas } from '@skein/mapping-rewriter';
import type { GatesSpec, JudgeSpec } from './review';
import type { Lesson } from '../types/context';
import type { SampleTable } from './samples';
import type { CodeLanguage } from '../search/codeLanguages';

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
  /** What people found out in review; at most 100. */
  lessons?: Lesson[];
  transform: TransformStep[];
  verification: VerificationSpec;
  gates: GatesSpec;
  judge: JudgeSpec;
  rollout: RolloutSpec;
  budget?: BudgetSpec;
  pullRequest: PullRequestSpec;
}

/** @public */
export interface CampaignDataset {
  from: string;
  to: string;
  mapping: MappingTable;
  /** Columns of the old and the new dataset: dotted path to type. */
  schemas?: Schemas;
  /** Rows by the dataset's name; those of the old and the new dataset describe the same facts. */
  samples?: Record<string, SampleTable>;
}

/** @public */
export interface ScopeSpec {
  lineage?: { direction: 'downstream'; depth: number };
  codeSearch: CodeSearchQuery[];
  frameworks: { include?: string[]; exclude?: string[] };
  /** `owner/name` or `host/owner/name`; `*` matches within a part. */
  repositories: { include?: string[]; exclude?: string[] };
}

/**
 * The one form of a code search, whatever provider answers it. All that is
 * given must hold; letters count the same in either case.
 *
 * @public
 */
export interface CodeSearchQuery {
  /** To be found in one line, literally. */
  query: string;
  /** Read `query` as a regular expression in the syntax of RE2. */
  regex?: boolean;
  /** Of files; each stands for the extensions in `codeLanguages`. */
  languages?: CodeLanguage[];
  /** File name extensions without the dot, beside those of `languages`. */
  extensions?: string[];
  /** A folder or a file of the repository. */
  path?: string;
  /** `owner/name` or `host/owner/name` to look in alone, or several; `*` matches within a part. */
  repository?: string | string[];
}

/** How a change is made: steps in order, each working on what the one before left. @public */
export type TransformStep =
  | { mapping: MappingStep }
  | { agent: AgentStep }
  | { command: CommandStep };

/** The mapping tables are applied. @public */
export interface MappingStep {
  outputs?: 'preserve' | 'rename';
  comments?: 'leave' | 'rename';
  /** Names in descriptions, docs blocks and Markdown: those of datasets, or of columns too. */
  documentation?: 'leave' | 'datasets' | 'rename';
  /** Old columns in header lines of CSV and in keys of JSON rows. */
  data?: 'leave' | 'rename';
  /** Old names of datasets in shell commands, as in `dbt run --select`. */
  commands?: 'leave' | 'rename';
  /** Aliases and WITH names that are like the old name of a table. */
  localNames?: 'leave' | 'follow';
  /** What a repository itself defines under an old name: models in YAML, macros, variables. */
  definitions?: 'leave' | 'rename' | 'move';
  /** `keep`: where the `AS` of a select list stand in one column, they stay in it. */
  alignment?: 'leave' | 'keep';
  /** Project of names that give none. Default: that of all datasets, where they have one in common. */
  defaultProject?: string;
}

/** An agent does what is left. @public */
export interface AgentStep {
  /** `refused` (default): only where the steps before left something, or verification or review say no. */
  when?: 'refused' | 'always';
  /** Default: the model that the backend is configured with. */
  model?: string;
  effort?: 'low' | 'medium' | 'high';
  /** Default: true. */
  thinking?: boolean;
  /** Output tokens of one call. Default: 16,000. */
  maxTokens?: number;
  /** Tokens of a job, input (cached or not) and output. Default: 2,000,000. */
  maxTotalTokens?: number;
  /** Model calls of a job. Default: 60. */
  maxTurns?: number;
  /** Default: 20. */
  timeoutMinutes?: number;
  /** Commands that the agent may run, each as its words: `[make, lint]`; `*` stands for any one word or part of one. */
  bash?: string[][];
  /** Names of texts that the configuration offers. */
  skills?: string[];
  /** Names of MCP servers that the configuration offers. */
  mcp?: string[];
}

/** A program makes the change, in the same sandbox and before the same verification. @public */
export interface CommandStep {
  /**
   * Program and arguments; it must be installed where jobs run, or lie in the
   * repository. `{{ prompt }}` stands for what it is told, `{{ promptFile }}`
   * for a file with that, `{{ mcpConfig }}` for a file that tells MCP clients
   * of `verify`, and `{{ node }}` for a Node.
   */
  run: string[];
  /** As of an agent. Default: `always`. */
  when?: 'refused' | 'always';
  /** Set for the program. */
  environment?: Record<string, string>;
  /** Default: 20. */
  timeoutMinutes?: number;
}

/** @public */
export interface VerificationSpec {
  /**
   * What follows where a target's checks fail before any change:
   * - `required` (default): the target is left alone and says that it was broken before
   * - `compare`: it is changed, and only failures that are new are blamed on the change
   * - `ignore`: it is changed, and those checks are left out
   */
  baseline: 'required' | 'compare' | 'ignore';
  /**
   * Whether an agent may work on a target where no check can tell a right
   * change from a wrong one. Default: `skip`, which spends no tokens there.
   */
  unverified: 'skip' | 'allow';
  /** Limit for each check. Default: 10. */
  timeoutMinutes: number;
  /** Has the repository's own CI decide as well, on a scratch branch, before a change is proposed. */
  remoteCi?: RemoteCiSpec;
  /** How SQL is run on the sample rows of the datasets. */
  samples?: {
    /** ISO time that the rows are from; it stands for the current time in queries that ask for it. */
    time?: string;
    /** SQL expressions by the names of query parameters, without their mark: `run_date`. */
    parameters?: Record<string, string>;
  };
}

/** @public */
export interface RemoteCiSpec {
  /** Names of the checks that must pass. Default: all that appear. */
  checks?: string[];
  /** Until all have come to an end. Default: 60. */
  timeoutMinutes?: number;
}

/** @public */
export interface RolloutSpec {
  /** In order; each takes `size` targets, or raises the released share of all targets to `share`. */
  waves: Array<{ name: string; size?: number; share?: number }>;
  /**
   * How targets go into waves. `spread`, the default, has some of each framework
   * in each wave; `upstreamFirst` puts a repository in no later wave than those
   * that read what it writes, as far as lineage knows.
   */
  order?: 'spread' | 'upstreamFirst';
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

/**
 * What the model may cost. A call whose worst case does not fit is not made:
 * its job ends as `overBudget` and can be retried when the budget was raised.
 *
 * @public
 */
export interface BudgetSpec {
  /** Of the whole campaign, in the currency. */
  amount: number;
  /** ISO code; must be that of the price table. */
  currency: string;
  /** Of each run. */
  perRun?: number;
  /** Of each job, all its attempts together. */
  perJob?: number;
  /** The same in tokens of all kinds, cached ones counted like others. */
  tokens?: { amount?: number; perRun?: number; perJob?: number };
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
