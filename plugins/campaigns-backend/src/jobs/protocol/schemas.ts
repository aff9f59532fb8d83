import { JobResult, protocolLimits, RunnerEvents } from '@skein/job-runner';
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
    'unmapped-column',
  ]),
  reason: line,
  cause: line.optional(),
  note: code.optional(),
});

const reference = z.object({
  file: path,
  span,
  dataset: line,
  column: line.optional(),
  access: z.enum(['read', 'write']),
  confidence,
});

const check = z.object({
  name: line,
  source: z.enum(['skein', 'repository']),
  command: z.array(code).max(1_000).optional(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  summary: line,
  output: code.optional(),
  durationMs: z.number().min(0),
});

const report = z.object({
  framework: line,
  sandbox: line,
  edits: z.array(edit),
  refusals: z.array(refusal),
  baseline: z.array(check).max(1_000),
  verification: z.array(check).max(1_000),
  truncated: z.boolean().optional(),
});

/** What `PUT result` takes. */
export const jobResultSchema: z.ZodType<JobResult> = z.union([
  z.object({
    task: z.literal('transform'),
    outcome: z.enum(['proposed', 'noChanges', 'needsHuman']),
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

/** What `POST events` takes. */
export const runnerEventsSchema: z.ZodType<RunnerEvents> = z.object({
  events: z
    .array(
      z.object({
        at: z.string().max(64),
        type: z.enum(['log', 'phase', 'heartbeat']),
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
      }),
    )
    .max(protocolLimits.eventsPerRequest),
});
