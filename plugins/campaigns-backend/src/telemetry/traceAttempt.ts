import {
  Attributes,
  context,
  Span,
  SpanKind,
  SpanStatusCode,
  trace,
  Tracer,
} from '@opentelemetry/api';
import { TranscriptEntry } from '@skein/job-runner';
import { Knex } from 'knex';
import {
  JobAttemptRow,
  JobEventRow,
  JobRow,
} from '../database/operations/jobs/tables';
import { ModelCallRow } from '../database/operations/modelCalls/tables';
import { TargetRow } from '../database/tables';

const MOST = 5_000;

/** As the semantic conventions name them; others are named as they are. */
const providerNames: Record<string, string> = { claude: 'anthropic' };

/**
 * Makes the spans of an attempt in which a model was called, by the semantic
 * conventions for generative AI: `invoke_agent` around a `chat` for each call
 * in the ledger, the judge's too, and an `execute_tool` for each tool in the
 * transcript. They carry names, sizes, tokens and times, and no texts.
 */
export async function traceAttempt(
  knex: Knex,
  tracer: Tracer,
  { jobId, number }: { jobId: string; number: number },
): Promise<void> {
  const calls = await knex<ModelCallRow>('model_calls')
    .where({ job_id: jobId, attempt: number, state: 'settled' })
    .orderBy('at')
    .limit(MOST);
  if (calls.length === 0) return;
  const events = await knex<JobEventRow>('job_events')
    .where({ job_id: jobId, attempt: number, type: 'transcript' })
    .orderBy('id')
    .limit(MOST);
  const job = await knex<JobRow>('jobs').where({ id: jobId }).first();
  const attempt = await knex<JobAttemptRow>('job_attempts')
    .where({ job_id: jobId, number })
    .first();
  const target =
    job &&
    (await knex<TargetRow>('targets').where({ id: job.target_id }).first());
  if (!job || !attempt || !target) return;

  const agent = tracer.startSpan('invoke_agent skein', {
    kind: SpanKind.INTERNAL,
    startTime: new Date(Number(attempt.started_at)),
    attributes: agentAttributes(job, attempt, target, calls),
  });
  const inside = trace.setSpan(context.active(), agent);
  const child: StartChild = (name, kind, startTime, attributes) =>
    tracer.startSpan(
      name,
      // A plain number could be taken for one since the start of the process.
      { kind, startTime: new Date(startTime), attributes },
      inside,
    );
  for (const call of calls) traceCall(child, call);
  for (const { at, data } of events) {
    const entry: TranscriptEntry = JSON.parse(data!);
    if (entry.kind === 'tool') traceTool(child, Number(at), entry);
  }
  const failure = attempt.outcome && job.failure_kind;
  if (failure) fail(agent, failure, attempt.message ?? undefined);
  agent.end(new Date(Number(attempt.finished_at ?? calls.at(-1)!.finished_at)));
}

type StartChild = (
  name: string,
  kind: SpanKind,
  startTime: number,
  attributes: Attributes,
) => Span;

function agentAttributes(
  job: JobRow,
  attempt: JobAttemptRow,
  target: TargetRow,
  calls: ModelCallRow[],
): Attributes {
  const sum = (of: (call: ModelCallRow) => number) =>
    calls.reduce((total, call) => total + of(call), 0);
  return {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'skein',
    'gen_ai.provider.name': providerOf(calls[0]),
    'gen_ai.conversation.id': `${job.id}/${attempt.number}`,
    'gen_ai.usage.input_tokens': sum(inputOf),
    'gen_ai.usage.output_tokens': sum(call => Number(call.output_tokens)),
    'skein.campaign.id': job.campaign_id,
    'skein.context_revision.id': job.revision_id,
    'skein.job.id': job.id,
    'skein.job.task': job.task,
    'skein.run.id': job.run_id ?? undefined,
    'skein.job.attempt': attempt.number,
    'skein.target.id': target.id,
    'skein.target.repository': `${target.repo_host}/${target.repo_owner}/${target.repo_name}`,
    'skein.target.path': target.path,
    'skein.outcome': attempt.outcome ?? undefined,
  };
}

function traceCall(child: StartChild, call: ModelCallRow): void {
  const started = Number(call.at);
  const span = child(`chat ${call.model}`, SpanKind.CLIENT, started, {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': providerOf(call),
    'gen_ai.request.model': call.model,
    'gen_ai.response.model': call.model,
    'gen_ai.usage.input_tokens': inputOf(call),
    'gen_ai.usage.output_tokens': Number(call.output_tokens),
    'gen_ai.usage.cache_read.input_tokens': Number(call.cache_read_tokens),
    'gen_ai.usage.cache_creation.input_tokens':
      Number(call.cache_write_5m_tokens) + Number(call.cache_write_1h_tokens),
    'gen_ai.response.finish_reasons': call.stop_reason
      ? [call.stop_reason]
      : undefined,
    'skein.purpose': call.purpose,
    'skein.cost_nanos': Number(call.cost_nanos),
    'skein.retries': call.retries,
  });
  if (call.outcome !== 'completed') {
    fail(span, call.outcome ?? 'unknown', call.message ?? undefined);
  }
  span.end(new Date(Number(call.finished_at ?? started)));
}

function traceTool(
  child: StartChild,
  at: number,
  entry: Extract<TranscriptEntry, { kind: 'tool' }>,
): void {
  const start = at - entry.durationMs;
  const span = child(`execute_tool ${entry.name}`, SpanKind.INTERNAL, start, {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': entry.name,
    'gen_ai.tool.type': 'function',
    'skein.turn': entry.turn,
    'skein.tool.result_bytes': entry.resultBytes,
  });
  if (entry.failed) fail(span, 'tool_error');
  span.end(new Date(at));
}

/** All that was read, from the cache or not, as the conventions count it. */
function inputOf(call: ModelCallRow): number {
  return (
    Number(call.input_tokens) +
    Number(call.cache_read_tokens) +
    Number(call.cache_write_5m_tokens) +
    Number(call.cache_write_1h_tokens)
  );
}

function providerOf({ provider }: ModelCallRow): string {
  return providerNames[provider] ?? provider;
}

function fail(span: Span, type: string, message?: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}
