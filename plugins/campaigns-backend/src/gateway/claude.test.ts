import Anthropic from '@anthropic-ai/sdk';
import { TestDatabases } from '@backstage/backend-test-utils';
import { LLMock } from '@copilotkit/aimock';
import { ClaudeProvider } from '@skein/plugin-campaigns-backend-module-claude';
import express from 'express';
import { once } from 'events';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { Knex } from 'knex';
import { ModelCallRow } from '../database/operations/modelCalls/tables';
import { agentContext } from '../jobs/__testUtils__/agentContext';
import { JobBench } from '../jobs/__testUtils__/JobBench';
import { defaultModelConfig } from './readModelConfig';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** From the SDK in a runner, through the gateway and the SDK in the back end, to an independent server of the Messages API that misbehaves. */
describe('the gateway before Claude, under chaos', () => {
  let mock: LLMock;
  let knex: Knex;
  let bench: JobBench;
  let server: Server;
  let client: Anthropic;

  beforeEach(async () => {
    // A retry waits half of what it may; the first are short.
    jest.spyOn(Math, 'random').mockReturnValue(0);
    mock = new LLMock({ port: 0, chunkSize: 6 });
    await mock.start();
    knex = await databases.init('SQLITE_3');
    bench = await JobBench.create(knex, {
      executor: { sandbox: 'off' },
      context: agentContext,
      modelConfig: defaultModelConfig,
      modelProvider: ClaudeProvider.create({
        keys: [{ apiKey: 'sk-of-the-backend' }],
        baseURL: mock.url,
        defaults: { model: 'claude-opus-5-5', maxTokens: 1_000 },
        idleMilliseconds: 10_000,
      }),
    });
    await bench.enqueue({ 'a.sql': 'select 1' });
    const [job] = await bench.queue.claim(1, 'test');
    server = createServer(express().use(bench.router)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = new Anthropic({
      baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      authToken: job.token,
      maxRetries: 0,
    });
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await bench.stop();
    await mock.stop();
    jest.restoreAllMocks();
  });

  const ask = (content: string) => ({
    model: 'claude-opus-5-5',
    max_tokens: 200,
    messages: [{ role: 'user' as const, content }],
  });
  const ledger = async () => {
    const rows: ModelCallRow[] = await knex('model_calls').orderBy('at');
    return rows;
  };

  it('gives a whole message, streamed and not, with parallel tool calls', async () => {
    mock.onMessage('look', {
      content: 'I look at both.',
      toolCalls: [
        { name: 'read_file', arguments: { path: 'a.sql' } },
        { name: 'search', arguments: { query: 'users_v1', limit: 5 } },
      ],
      usage: { input_tokens: 40, output_tokens: 30 },
    });
    for (const message of [
      await client.messages.create(ask('look')),
      await client.messages.stream(ask('look')).finalMessage(),
    ]) {
      expect(message.stop_reason).toBe('tool_use');
      expect(message.content).toMatchObject([
        { type: 'text', text: 'I look at both.' },
        { type: 'tool_use', name: 'read_file', input: { path: 'a.sql' } },
        {
          type: 'tool_use',
          name: 'search',
          input: { query: 'users_v1', limit: 5 },
        },
      ]);
    }
    const calls = await ledger();
    expect(calls).toHaveLength(2);
    for (const call of calls) {
      expect(call).toMatchObject({ outcome: 'completed', retries: 0 });
      // 40 x 4 + 30 x 20 millionths
      expect(call.cost_nanos).toBe(760_000);
    }
  });

  it('asks again for an answer that is cut, and gives no half of it to the runner', async () => {
    let tries = 0;
    mock.onMessage(
      'long',
      { content: 'one two three four five six seven eight nine ten' },
      { truncateAfterChunks: 5, latency: 5 },
    );
    const cutOnce = mock.getFixtures()[0] as { truncateAfterChunks?: number };
    const original = cutOnce.truncateAfterChunks;
    Object.defineProperty(cutOnce, 'truncateAfterChunks', {
      get: () => {
        tries += 1;
        return tries === 1 ? original : undefined;
      },
    });
    const seen: string[] = [];
    const stream = client.messages.stream(ask('long'));
    stream.on('text', text => seen.push(text));
    const message = await stream.finalMessage();
    expect(message.content).toMatchObject([
      { text: 'one two three four five six seven eight nine ten' },
    ]);
    expect(seen.join('')).toBe(
      'one two three four five six seven eight nine ten',
    );
    const [call] = await ledger();
    expect(call).toMatchObject({ outcome: 'completed', retries: 1 });
    // The cut one is charged as if it had said all that it was allowed to.
    expect(Number(call.assumed_nanos)).toBeGreaterThan(0);
  });

  it.each([
    [429, 'rate_limit_error'],
    [529, 'overloaded_error'],
    [500, 'api_error'],
  ])('waits out a %i', async (status, type) => {
    mock.onMessage('hello', { content: 'Here I am' });
    mock.nextRequestError(status, { type, message: 'not now' });
    const message = await client.messages.create(ask('hello'));
    expect(message.content).toMatchObject([{ text: 'Here I am' }]);
    expect(await ledger()).toMatchObject([
      { outcome: 'completed', retries: 1, assumed_nanos: 0 },
    ]);
  });

  it('tells the runner of a request that the model refuses, and nothing of the key', async () => {
    mock.onMessage('hello', { content: 'never' });
    mock.nextRequestError(400, {
      type: 'invalid_request_error',
      message: 'messages: text content blocks must be non-empty',
    });
    const error = await client.messages.create(ask('hello')).catch(e => e);
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect(error.error.error).toEqual({
      type: 'invalid_request_error',
      message: '400: messages: text content blocks must be non-empty',
    });
    expect(JSON.stringify(error.error)).not.toContain('sk-');
    expect(await ledger()).toMatchObject([
      { outcome: 'failed', cost_nanos: 0 },
    ]);
    expect(JSON.stringify(await ledger())).not.toContain('sk-');
  });
});
