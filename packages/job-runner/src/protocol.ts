import type {
  Edit,
  Leftovers,
  MappingTable,
  Reference,
  Refusal,
  RewriteOptions,
} from '@skein/mapping-rewriter';

/**
 * The job protocol, version 1: what a runner and the backend say to each other
 * over HTTP. Every request carries `Authorization: Bearer <token>`; the token
 * is good for one attempt of one job and dies with it. A request with a dead
 * token is answered 401, and the runner stops.
 *
 * ```
 * GET  /v1/job      -> JobSpec
 * GET  /v1/source   -> a git bundle whose only ref is refs/heads/source: one parentless commit with the tree of the base commit
 * POST /v1/events   <- RunnerEvents -> EventsAnswer
 * POST /v1/messages <- a request of the Messages API -> its answer, streamed or not
 * POST /v1/review   <- ReviewRequest -> ReviewAnswer
 * PUT  /v1/result   <- JobResult (once; the same result again is accepted)
 * ```
 *
 * @packageDocumentation
 */
export const PROTOCOL_VERSION = 1;

/** Bounds that the backend enforces on what a runner sends. @public */
export const protocolLimits = {
  /** Bytes of one event message; longer ones are cut by the runner. */
  messageBytes: 8_192,
  /** Events in one request. */
  eventsPerRequest: 200,
  /** Bytes of one event's transcript entry as JSON; the runner cuts texts until it fits. */
  transcriptBytes: 16_384,
  /** Events of one attempt; more end the job with `output-limit`. */
  eventsPerAttempt: 20_000,
  /** Bytes of all messages of one attempt; more end the job with `output-limit`. */
  eventBytesPerAttempt: 16 * 1024 * 1024,
  /** Bytes of the result as JSON, the patch not counted. */
  reportBytes: 4 * 1024 * 1024,
  /** Places listed of the names that stay; all are counted. */
  leftoverPlaces: 100,
} as const;

/** What a runner is to do. @public */
export interface JobSpec {
  protocolVersion: number;
  jobId: string;
  attempt: number;
  /** `transform` makes a change; `scan` only looks for references to the old datasets. */
  task: 'transform' | 'scan';
  target: {
    /** For people and logs. */
    repository: string;
    /** Folder of the target in the repository; empty for all of it. */
    path: string;
    framework: string;
  };
  mappings: MappingTable[];
  options: RewriteOptions;
  /** Rows on which SQL must give the same before and after; absent where the campaign has none. */
  samples?: Samples;
  /** How the change is made, in order. */
  steps: JobStep[];
  /** What went wrong with the change of an earlier job, where only others could see it; for those who mend it. */
  feedback?: string[];
  prompt: PromptSettings;
  verification: {
    /** What follows where a check fails before any change; see `VerificationSpec` of campaigns-common. */
    baseline: 'required' | 'compare' | 'ignore';
    /** Whether tokens may be spent where nothing can tell a good change from a bad one. */
    unverified: 'skip' | 'allow';
    /** Limit for each check. */
    timeoutSeconds: number;
  };
  limits: JobLimits;
}

/** Rows of datasets; those of an old dataset and of its successor describe the same facts. @public */
export interface Samples {
  /** By the dataset's name. */
  tables: Record<string, SampleTable>;
  /** ISO time that stands for the current one in queries that ask for it. */
  time?: string;
  /** SQL expressions by the names of parameters, without their mark: `run_date`. */
  parameters?: Record<string, string>;
}

/** @public */
export interface SampleTable {
  /** Types that no schema tells: column or dotted field path to type. */
  columns?: Record<string, string>;
  /** Values as JSON has them; dates, times and exact numbers as text. */
  rows: Array<Record<string, unknown>>;
}

/** One step of a transform. @public */
export type JobStep =
  | { type: 'mapping' }
  | ({ type: 'agent' } & AgentSettings)
  | ({ type: 'command' } & CommandSettings);

/** What an agent is told beyond the mapping tables. @public */
export interface PromptSettings {
  /** Version of the templates of `@skein/agent-context`. */
  version: string;
  /** The campaign's own words. */
  text?: string;
  /** What people found out in review, for the agent. */
  lessons?: string[];
}

/** How the agent of a job may work. @public */
export interface AgentSettings {
  /** `refused`: where the steps before left something, or verification or review say no. */
  when: 'refused' | 'always';
  /** Undefined where no model is connected: then the agent is not called. */
  model?: string;
  /** For `output_config` of the Messages API. */
  effort?: string;
  /** For `thinking` of the Messages API; undefined leaves it to the model. */
  thinking?: Record<string, unknown>;
  /** Output tokens of one call. */
  maxTokens: number;
  /** Tokens of all calls of the job together, input (cached or not) and output. */
  maxTotalTokens: number;
  /** Calls of the job. */
  maxTurns: number;
  /** Wall-clock time of one run of the agent. */
  timeoutSeconds: number;
  /** Commands that it may run, each as the exact words; see `CommandAllowlist`. */
  bash: string[][];
  /** Texts that the operator offers and the campaign asked for. */
  skills: Array<{ name: string; text: string }>;
  /** MCP servers that the operator offers and the campaign asked for: commands inside of the sandbox. */
  mcpServers: Array<{ name: string; command: string[] }>;
}

/** A program that makes the change, or a part of it. @public */
export interface CommandSettings {
  when: 'refused' | 'always';
  /** Program and arguments; `{{ node }}`, `{{ prompt }}`, `{{ promptFile }}` and `{{ mcpConfig }}` are filled in. */
  run: string[];
  /** Set for the program beside what every command of a job sees. */
  environment: Record<string, string>;
  timeoutSeconds: number;
}

/** @public */
export interface JobLimits {
  /** Wall-clock time of the whole attempt. */
  timeoutSeconds: number;
  /** Resident memory of all the attempt's processes together. */
  memoryBytes: number;
  /** Output of one check; one that writes more is ended and fails the job with `output-limit`. Only the last part is kept. */
  outputBytes: number;
  patchBytes: number;
}

/** @public */
export interface RunnerEvents {
  events: RunnerEvent[];
}

/** @public */
export interface RunnerEvent {
  /** ISO time on the runner's clock; the backend keeps its own beside it. */
  at: string;
  type: 'log' | 'phase' | 'heartbeat' | 'transcript';
  level?: 'info' | 'warn' | 'error';
  /** `source`, `detect`, `baseline`, `transform`, `verify`, `review`, `report`. */
  phase?: string;
  message?: string;
  /** Of a `transcript`: at most `transcriptBytes` as JSON, redacted. */
  data?: TranscriptEntry;
}

/** One step of an agent. @public */
export type TranscriptEntry =
  | {
      kind: 'turn';
      /** 1, 2, 3… within the job. */
      turn: number;
      model: string;
      stopReason: string;
      /** What the model said, cut. */
      text?: string;
      usage: TokenUsage;
      durationMs: number;
    }
  | {
      kind: 'tool';
      turn: number;
      name: string;
      /** As JSON, cut. */
      input: string;
      /** What the model was told, cut. */
      result: string;
      /** Bytes of the result as the model was told it. */
      resultBytes: number;
      failed: boolean;
      durationMs: number;
    };

/** Tokens of one call or of many. @public */
export interface TokenUsage {
  /** Neither written to nor read from the cache. */
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

/** @public */
export interface EventsAnswer {
  /** The job was stopped by a person or lost its lease: end at once. */
  stop: boolean;
}

/** One check before or after the transform. @public */
export interface CheckResult {
  name: string;
  /** `skein` for the runner's own checks, `repository` for a command that the repository declares. */
  source: 'skein' | 'repository';
  command?: string[];
  outcome: 'passed' | 'failed' | 'skipped';
  /** One line. */
  summary: string;
  /** What went wrong, root causes first, at most 50. */
  errors?: ExtractedError[];
  /** The last part of the output, bounded. */
  output?: string;
  durationMs: number;
}

/** One thing that went wrong, as found in a check's output. @public */
export interface ExtractedError {
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

/** A verified change that the backend is to look at before the runner ends. @public */
export interface ReviewRequest {
  patch: string;
  report: TransformReport;
}

/** @public */
export interface ReviewAnswer {
  /**
   * `ask`: a person decides; the change is proposed and waits for one.
   * `overBudget`: no budget has room for the judge; the job ends as that, with
   * its change.
   */
  verdict: 'accepted' | 'rejected' | 'ask' | 'overBudget';
  /** What is wrong, for the agent, or which budget is spent; one point each. */
  feedback: string[];
  /** Rejected for good: no further try will be looked at. */
  final: boolean;
}

/** What a runner leaves. @public */
export type JobResult =
  | {
      task: 'transform';
      /** `overBudget`: the model or the judge was refused for want of budget; the patch is what there was until then. */
      outcome: 'proposed' | 'noChanges' | 'needsHuman' | 'overBudget';
      /** One line. */
      summary: string;
      /** `git diff --binary --full-index` against the source commit; empty for noChanges. Paths are relative to the repository. */
      patch: string;
      report: TransformReport;
    }
  | {
      task: 'transform';
      outcome: 'failed';
      /** See `FailureKind` of campaigns-common: what the runner itself can say. */
      failureKind:
        | 'baseline-failed'
        | 'verification-failed'
        | 'rewrite-unproven'
        | 'agent-unfinished'
        | 'command-failed'
        | 'review-rejected'
        | 'source-unavailable'
        | 'timeout'
        | 'output-limit'
        | 'patch-too-large'
        | 'runner-crashed';
      summary: string;
      /** What would have been proposed, for a person to look at; may be empty. */
      patch: string;
      report: TransformReport;
    }
  | {
      task: 'scan';
      outcome: 'clean' | 'stillReads' | 'failed';
      summary: string;
      /** References to the old datasets, at most 200. */
      references: Reference[];
    };

/** @public */
export interface TransformReport {
  /** As detected in the checkout. */
  framework: string;
  /** How the runner is confined, in one sentence. */
  sandbox: string;
  edits: Edit[];
  refusals: Refusal[];
  /** Names of the mapping tables that are neither changed nor refused; absent before those have been applied. */
  leftovers?: Leftovers;
  baseline: CheckResult[];
  verification: CheckResult[];
  /** Where an agent took part. */
  agent?: AgentReport;
  /** What the `command` steps did. */
  commands?: CommandReport[];
  /** What the reviews said, in order. */
  reviews?: ReviewAnswer[];
  /** Lists were cut to the protocol's bounds. */
  truncated?: boolean;
}

/** What an agent did. @public */
export interface AgentReport {
  outcome: AgentOutcome;
  /** One line: its own summary where it finished, else why it did not. */
  summary: string;
  /** What it said about its instructions: what was unclear or missing. */
  remarks: string[];
  model?: string;
  turns: number;
  usage: TokenUsage;
  /** Files that it changed, relative to the repository. */
  files: string[];
  /** What the steps before it had refused and is not there any more. */
  resolved: Refusal[];
  /** What it left to a person. */
  asked: Refusal[];
}

/**
 * - `finished`: it said so, and its change was verified
 * - `turns`, `tokens`, `time`: a bound ended it
 * - `refused`: the model declined
 * - `stuck`: it stopped without having finished, or kept making mistakes
 * - `overBudget`: the backend refused for want of budget
 * - `unavailable`: there is no model, or it could not be reached
 *
 * @public
 */
export type AgentOutcome =
  | 'finished'
  | 'turns'
  | 'tokens'
  | 'time'
  | 'refused'
  | 'stuck'
  | 'overBudget'
  | 'unavailable';

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
  /** What it changed and is not taken: links, files that are too large, and what lies outside of the target. */
  left: string[];
  durationMs: number;
}
