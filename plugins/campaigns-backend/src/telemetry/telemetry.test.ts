import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { execFile } from 'child_process';
import { once } from 'events';
import { createServer, Server } from 'http';
import { Knex } from 'knex';
import { AddressInfo } from 'net';
import { join } from 'path';
import { promisify } from 'util';
import { json } from 'stream/consumers';
import { randomUUID } from 'crypto';
import { migrate } from '../database/migrate';
import { insertJobEvents } from '../database/operations/jobs/insertJobEvents';
import { insertCampaign, insertTarget } from '../jobs/__testUtils__/campaign';
import { Telemetry, traceAttempt } from '.';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const START = Date.parse('2026-01-01T00:00:00Z');

/** An attempt with a call of the agent, one of the judge that failed, and a tool. */
async function insertAttempt(knex: Knex): Promise<string> {
  await migrate(knex);
  const { campaignId, revisionId } = await insertCampaign(knex);
  const targetId = await insertTarget(knex, { campaignId, name: 'repo' });
  const jobId = randomUUID();
  await knex('jobs').insert({
    id: jobId,
    campaign_id: campaignId,
    target_id: targetId,
    revision_id: revisionId,
    task: 'transform',
    state: 'succeeded',
    attempts: 1,
    max_attempts: 3,
    created_at: START,
  });
  await knex('job_attempts').insert({
    job_id: jobId,
    number: 1,
    executor: 'local',
    started_at: START,
    finished_at: START + 9_000,
    outcome: 'proposed',
  });
  const call = {
    campaign_id: campaignId,
    job_id: jobId,
    attempt: 1,
    revision_id: revisionId,
    provider: 'claude',
    model: 'claude-example',
    state: 'settled',
  };
  for (const each of [
    {
      ...call,
      id: randomUUID(),
      purpose: 'agent',
      outcome: 'completed',
      input_tokens: 40,
      output_tokens: 200,
      cache_read_tokens: 900,
      cache_write_5m_tokens: 60,
      stop_reason: 'tool_use',
      cost_nanos: 1_234,
      at: START + 2_000,
      finished_at: START + 3_500,
    },
    {
      ...call,
      id: randomUUID(),
      purpose: 'judge',
      outcome: 'failed',
      message: 'Overloaded',
      at: START + 5_000,
      finished_at: START + 6_000,
    },
  ]) {
    await knex('model_calls').insert(each);
  }
  await insertJobEvents(knex, jobId, 1, [
    { type: 'log', level: 'info', message: 'not of a trace' },
    {
      type: 'transcript',
      level: 'info',
      message: 'edit_file',
      data: {
        kind: 'tool',
        turn: 1,
        name: 'edit_file',
        input: '{"path":"secret/place.sql"}',
        result: 'the text of a file',
        resultBytes: 77,
        failed: true,
        durationMs: 250,
      },
    },
  ]);
  return jobId;
}

const milliseconds = ([seconds, nanos]: [number, number]) =>
  Math.round(seconds * 1_000 + nanos / 1e6);

describe.each(databases.eachSupportedId())('traces on %s', id => {
  it('have a span for each call and each tool, by the conventions, and no texts', async () => {
    const knex = await databases.init(id);
    const jobId = await insertAttempt(knex);
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    await traceAttempt(knex, provider.getTracer('test'), { jobId, number: 1 });

    const spans = exporter.getFinishedSpans();
    const named = (name: string) =>
      spans.find(span => span.name === name) as ReadableSpan;
    const agent = named('invoke_agent skein');
    expect(agent.attributes).toMatchObject({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.usage.input_tokens': 1_000,
      'gen_ai.usage.output_tokens': 200,
      'skein.job.id': jobId,
      'skein.target.repository': 'forge.example.com/acme/repo',
      'skein.outcome': 'proposed',
    });
    expect([agent.startTime, agent.endTime].map(milliseconds)).toEqual([
      START,
      START + 9_000,
    ]);
    expect(named('chat claude-example')).toMatchObject({
      kind: 2,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'claude-example',
        'gen_ai.usage.input_tokens': 1_000,
        'gen_ai.usage.output_tokens': 200,
        'gen_ai.usage.cache_read.input_tokens': 900,
        'gen_ai.usage.cache_creation.input_tokens': 60,
        'gen_ai.response.finish_reasons': ['tool_use'],
        'skein.purpose': 'agent',
      },
    });
    const judge = spans.find(
      ({ attributes }) => attributes['skein.purpose'] === 'judge',
    );
    expect(judge).toMatchObject({
      attributes: { 'error.type': 'failed' },
      status: { code: 2, message: 'Overloaded' },
    });
    const tool = named('execute_tool edit_file');
    expect(tool.attributes).toEqual({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'edit_file',
      'gen_ai.tool.type': 'function',
      'skein.turn': 1,
      'skein.tool.result_bytes': 77,
      'error.type': 'tool_error',
    });
    expect(milliseconds(tool.endTime) - milliseconds(tool.startTime)).toBe(250);
    for (const span of spans.filter(each => each !== agent)) {
      expect(span.parentSpanContext?.spanId).toBe(agent.spanContext().spanId);
      expect(span.spanContext().traceId).toBe(agent.spanContext().traceId);
    }
    const all = JSON.stringify(spans.map(({ attributes }) => attributes));
    expect(all).not.toMatch(/secret|text of a file/);
  });
});

describe('an OTLP receiver', () => {
  let receiver: Server;
  const received: Array<{ path?: string; headers: object; body: any }> = [];

  beforeAll(async () => {
    receiver = createServer(async (request, response) => {
      const body = await json(request);
      received.push({ path: request.url, headers: request.headers, body });
      response.setHeader('content-type', 'application/json').end('{}');
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
  });
  afterAll(() => receiver.close());

  it('is sent the spans, by config', async () => {
    const { port } = receiver.address() as AddressInfo;
    const otlp = {
      url: `http://127.0.0.1:${port}/v1/traces`,
      headers: { 'x-team': 'platform' },
    };
    // In a process of its own: the exporter imports as Jest's modules cannot.
    const script = `
      const { ConfigReader } = require('@backstage/config');
      const { createOtlpProvider } = require('./src/telemetry/createOtlpProvider.ts');
      const provider = createOtlpProvider(new ConfigReader(${JSON.stringify(
        otlp,
      )}));
      provider.getTracer('test').startSpan('chat claude-example').end();
      provider.shutdown();`;
    await promisify(execFile)(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        '-e',
        script,
      ],
      { cwd: join(__dirname, '..', '..') },
    );
    expect(received).toMatchObject([
      { path: '/v1/traces', headers: { 'x-team': 'platform' } },
    ]);
    const [{ resource, scopeSpans }] = received[0].body.resourceSpans;
    expect(resource.attributes).toContainEqual({
      key: 'service.name',
      value: { stringValue: 'skein' },
    });
    expect(scopeSpans[0].spans).toMatchObject([
      { name: 'chat claude-example' },
    ]);
  });

  it('that cannot be reached fails nothing', async () => {
    const knex = await databases.init('SQLITE_3');
    const logger = mockServices.logger.mock();
    const telemetry = Telemetry.fromConfig(new ConfigReader({}), {
      knex,
      logger,
    });
    // The tables are not there.
    await telemetry.trace({ jobId: randomUUID(), number: 1 });
    expect(logger.warn).toHaveBeenCalled();
    await telemetry.stop();
  });
});
