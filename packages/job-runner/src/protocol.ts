import type {
  Edit,
  MappingTable,
  Refusal,
  Reference,
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
  /** Events of one attempt; more end the job with `output-limit`. */
  eventsPerAttempt: 20_000,
  /** Bytes of all messages of one attempt; more end the job with `output-limit`. */
  eventBytesPerAttempt: 16 * 1024 * 1024,
  /** Bytes of the result as JSON, the patch not counted. */
  reportBytes: 4 * 1024 * 1024,
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
  verification: {
    requireBaseline: boolean;
    /** Limit for each check. */
    timeoutSeconds: number;
  };
  limits: JobLimits;
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
  type: 'log' | 'phase' | 'heartbeat';
  level?: 'info' | 'warn' | 'error';
  /** `source`, `detect`, `baseline`, `transform`, `verify`, `report`. */
  phase?: string;
  message?: string;
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
  /** The last part of the output, bounded. */
  output?: string;
  durationMs: number;
}

/** What a runner leaves. @public */
export type JobResult =
  | {
      task: 'transform';
      outcome: 'proposed' | 'noChanges' | 'needsHuman';
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
  baseline: CheckResult[];
  verification: CheckResult[];
  /** Lists were cut to the protocol's bounds. */
  truncated?: boolean;
}
