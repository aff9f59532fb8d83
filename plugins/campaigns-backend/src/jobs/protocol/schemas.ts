import {
  JobResult,
  protocolLimits,
  ReviewRequest,
  RunnerEvents,
} from '@skein/job-runner';
import { z } from 'zod';

const line = z.string().max(2_000);
const code = z.string().max(100_000);
const path = z.string().max(4_096);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const confidence = z.enum(['certain', 'likely']);
const span = z.object({ start: count, end: count, line: count, column: count });

const subject = [
  'dataset',
  'column',
  'model',
  'source',
  'function',
  'macro',
] as const;

const edit = z.object({
  file: path,
  span,
  oldText: code,
  newText: code,
  kind: z.enum([...subject, 'note']),
  cause: line,
  reason: line,
  confidence,
});

const refusal = z.object({
  file: path,
  span,
  text: code,
  kind: z.enum(subject),
  code: z.enum([
    'person-decides',
    'no-inverse',
    'ambiguous',
    'dynamic-name',
    'star-output',
    'dropped-column',
    'type-change',
    'unparsable',
    'writes-dataset',
    'builds-dataset',
    'unmapped-column',
  ]),
  reason: line,
  cause: line.optional(),
  note: code.optional(),
});

const leftoverReason = z.enum([
  'same-name',
  'own-name',
  'definition',
  'stays',
  'comment',
  'documentation',
  'data',
  'command',
  'history',
  'text',
  'code',
  'not-followed',
  'not-read',
]);

const leftovers = z.object({
  total: count,
  byReason: z.partialRecord(leftoverReason, count),
  places: z
    .array(
      z.object({
        file: path,
        span,
        text: z.string().max(256),
        cause: line,
        reason: leftoverReason,
      }),
    )
    .max(protocolLimits.leftoverPlaces),
});

const reference = z.object({
  file: path,
  span,
  dataset: line,
  column: line.optional(),
  access: z.enum(['read', 'write']),
  confidence,
});

const extractedError = z.object({
  tool: z.string().max(64),
  message: line,
  file: path.optional(),
  line: count.optional(),
  column: count.optional(),
  code: line.optional(),
  test: line.optional(),
  detail: z.string().max(8_000).optional(),
  count: count.optional(),
});

const check = z.object({
  name: line,
  source: z.enum(['skein', 'repository']),
  command: z.array(code).max(1_000).optional(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  summary: line,
  errors: z.array(extractedError).max(50).optional(),
  output: code.optional(),
  durationMs: z.number().min(0),
});

const usage = z.object({
  input: count,
  output: count,
  cacheRead: count,
  cacheWrite: count,
});

const agent = z.object({
  outcome: z.enum([
    'finished',
    'turns',
    'tokens',
    'time',
    'refused',
    'stuck',
    'overBudget',
    'unavailable',
  ]),
  summary: line,
  remarks: z.array(line).max(50),
  model: line.optional(),
  turns: count,
  usage,
  files: z.array(path).max(10_000),
  resolved: z.array(refusal),
  asked: z.array(refusal),
});

const command = z.object({
  command: z.array(code).max(1_000),
  outcome: z.enum([
    'succeeded',
    'failed',
    'timeout',
    'missing',
    'output-limit',
  ]),
  summary: line,
  output: code.optional(),
  files: z.array(path).max(10_000),
  left: z.array(line).max(1_000),
  durationMs: z.number().min(0),
});

const reviewAnswer = z.object({
  verdict: z.enum(['accepted', 'rejected', 'ask', 'overBudget']),
  feedback: z.array(line).max(100),
  final: z.boolean(),
});

const report = z.object({
  framework: line,
  sandbox: line,
  edits: z.array(edit),
  refusals: z.array(refusal),
  leftovers: leftovers.optional(),
  baseline: z.array(check).max(1_000),
  verification: z.array(check).max(1_000),
  agent: agent.optional(),
  commands: z.array(command).max(50).optional(),
  reviews: z.array(reviewAnswer).max(50).optional(),
  truncated: z.boolean().optional(),
});

/** What `PUT result` takes. */
export const jobResultSchema: z.ZodType<JobResult> = z.union([
  z.object({
    task: z.literal('transform'),
    outcome: z.enum(['proposed', 'noChanges', 'needsHuman', 'overBudget']),
    summary: line,
    patch: z.string(),
    report,
  }),
  z.object({
    task: z.literal('transform'),
    outcome: z.literal('failed'),
    failureKind: z.enum([
      'baseline-failed',
      'verification-failed',
      'rewrite-unproven',
      'agent-unfinished',
      'command-failed',
      'review-rejected',
      'source-unavailable',
      'timeout',
      'output-limit',
      'patch-too-large',
      'runner-crashed',
    ]),
    summary: line,
    patch: z.string(),
    report,
  }),
  z.object({
    task: z.literal('scan'),
    outcome: z.enum(['clean', 'stillReads', 'failed']),
    summary: line,
    references: z.array(reference).max(200),
  }),
]);

/** What `POST review` takes. */
export const reviewRequestSchema: z.ZodType<ReviewRequest> = z.object({
  patch: z.string(),
  report,
});

const bounded = z.string().max(protocolLimits.transcriptBytes);

const transcriptEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('turn'),
    turn: count,
    model: z.string().max(200),
    stopReason: z.string().max(100),
    text: bounded.optional(),
    usage,
    durationMs: count,
  }),
  z.object({
    kind: z.literal('tool'),
    turn: count,
    name: z.string().max(200),
    input: bounded,
    result: bounded,
    resultBytes: count,
    failed: z.boolean(),
    durationMs: count,
  }),
]);

/** What `POST events` takes. */
export const runnerEventsSchema: z.ZodType<RunnerEvents> = z.object({
  events: z
    .array(
      z.object({
        at: z.string().max(64),
        type: z.enum(['log', 'phase', 'heartbeat', 'transcript']),
        level: z.enum(['info', 'warn', 'error']).optional(),
        phase: z
          .string()
          .max(64)
          .regex(/^\P{Cc}*$/u)
          .optional(),
        message: z
          .string()
          .refine(
            text => Buffer.byteLength(text) <= protocolLimits.messageBytes,
            `over ${protocolLimits.messageBytes} bytes`,
          )
          .optional(),
        data: transcriptEntry
          .refine(
            entry =>
              Buffer.byteLength(JSON.stringify(entry)) <=
              protocolLimits.transcriptBytes,
            `over ${protocolLimits.transcriptBytes} bytes`,
          )
          .optional(),
      }),
    )
    .max(protocolLimits.eventsPerRequest),
});
