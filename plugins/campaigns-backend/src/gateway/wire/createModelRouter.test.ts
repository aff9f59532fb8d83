import Anthropic from '@anthropic-ai/sdk';
import { TestDatabases } from '@backstage/backend-test-utils';
import { ModelCallError, ModelMessage } from '@skein/plugin-campaigns-node';
import express from 'express';
import { once } from 'events';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { Knex } from 'knex';
import { stopJobs } from '../../database/operations/jobs/stopJobs';
import { agentContext } from '../../jobs/__testUtils__/agentContext';
import { JobBench } from '../../jobs/__testUtils__/JobBench';
import { ClaimedAttempt } from '../../queue/JobQueue';
import { scriptedModelConfig } from '../__testUtils__/scriptedModelConfig';
import { messageOf, ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { createModelRouter } from './createModelRouter';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const hello: Anthropic.MessageCreateParamsNonStreaming = {
  model: 'scripted-1',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hello' }],
};

describe('the Messages API for runners', () => {
  let knex: Knex;
  let bench: JobBench;
  let provider: ScriptedProvider;
  let server: Server;
  let baseURL: string;
  let job: ClaimedAttempt;
  let targetId: string;
  let client: Anthropic;

  beforeEach(async () => {
    knex = await databases.init('SQLITE_3');
    provider = new ScriptedProvider();
    bench = await JobBench.create(knex, {
      executor: { sandbox: 'off' },
      context: agentContext,
      modelProvider: provider,
      modelConfig: scriptedModelConfig({
        requestBytes: 100_000,
        patienceMilliseconds: 0,
      }),
    });
    ({ targetId } = await bench.enqueue({ 'a.sql': 'select 1' }));
    [job] = await bench.queue.claim(1, 'test');
    await serve(express().use(bench.router));
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await bench.stop();
  });

  async function serve(app: express.Express) {
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    client = new Anthropic({ baseURL, authToken: job.token });
  }
  const post = (
    body: unknown,
    headers: Record<string, string> = {
      authorization: `Bearer ${job.token}`,
    },
    path = '/v1/messages',
  ) =>
    fetch(`${baseURL}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const waitUntil = async (condition: () => unknown) => {
    while (!(await condition())) {
      await new Promise(resolve => setImmediate(resolve));
    }
  };

  it('is spoken to by the official SDK, with the token as a token or as a key', async () => {
    const answer = messageOf([{ type: 'text', text: 'Good day' }]);
    provider.answer = () => answer;
    expect(await client.messages.create(hello)).toMatchObject(answer);
    const withKey = new Anthropic({ baseURL, apiKey: job.token });
    expect(await withKey.messages.create(hello)).toMatchObject(answer);
    // As clients of older versions send it.
    const response = await post(hello, { 'x-api-key': job.token });
    expect(await response.json()).toMatchObject(answer);
    expect(response.headers.get('request-id')).toMatch(/^req_/);
  });

  it('streams a message that is whole', async () => {
    const answer: ModelMessage = messageOf(
      [
        { type: 'thinking', thinking: 'Let me see', signature: 'c2ln' },
        { type: 'text', text: 'I look at both.', citations: null },
        { type: 'tool_use', id: 't1', name: 'read', input: { path: 'a.sql' } },
        { type: 'tool_use', id: 't2', name: 'list', input: {} },
      ],
      { input_tokens: 12, output_tokens: 34, cache_read_input_tokens: 5 },
      { stop_reason: 'tool_use' },
    );
    provider.answer = () => answer;
    const stream = client.messages.stream(hello);
    const texts: string[] = [];
    stream.on('text', text => texts.push(text));
    expect(await stream.finalMessage()).toMatchObject(answer);
    expect(texts).toEqual(['I look at both.']);
    // The events one by one too, as clients that put them together themselves see them.
    const types: string[] = [];
    for await (const event of await client.messages.create({
      ...hello,
      stream: true,
    })) {
      types.push(event.type);
    }
    expect(types[0]).toBe('message_start');
    expect(types.slice(-2)).toEqual(['message_delta', 'message_stop']);
  });

  it('keeps a stream alive that has nothing to say yet, and can still tell an error in it', async () => {
    server.close();
    const { gateway, knex: database } = bench;
    const router = createModelRouter({
      database,
      gateway,
      logger: { error: jest.fn(), warn: jest.fn() } as never,
      pingMilliseconds: 5,
    });
    await serve(express().use('/v1/messages', router));
    let answer = (_: ModelMessage) => {};
    let fail = (_: Error) => {};
    provider.answer = () =>
      new Promise((resolve, reject) => {
        answer = resolve;
        fail = reject;
      });
    const begin = async () => {
      const response = await post({ ...hello, stream: true });
      expect(response.status).toBe(200);
      const reader = response.body!.getReader();
      const decoder = new TextDecoder();
      const { value } = await reader.read();
      expect(decoder.decode(value)).toContain('event: ping\n');
      return async () => {
        let rest = '';
        for (;;) {
          const { value: chunk, done } = await reader.read();
          if (done) return rest;
          rest += decoder.decode(chunk);
        }
      };
    };
    const good = await begin();
    answer(messageOf([{ type: 'text', text: 'At last' }]));
    expect(await good()).toMatch(/At last[^]*event: message_stop/);

    const bad = await begin();
    fail(
      new ModelCallError('400: too long', {
        kind: 'refused',
        charge: 'nothing',
        status: 400,
        type: 'invalid_request_error',
      }),
    );
    const events = await bad();
    expect(events).not.toContain('message_start');
    expect(events).toMatch(
      /event: error\ndata: {"type":"error","error":{"type":"invalid_request_error","message":"400: too long"},"request_id":"req_/,
    );
  });

  it('counts tokens', async () => {
    provider.countedTokens = 4_711;
    const { max_tokens: _, ...counted } = hello;
    expect(await client.messages.countTokens(counted)).toMatchObject({
      input_tokens: 4_711,
    });
    expect(await knex('model_calls')).toEqual([]);
  });

  it('sends nothing on but the checked body', async () => {
    await client.messages.create(
      { ...hello, metadata: { user_id: 'somebody else' } },
      {
        headers: {
          'anthropic-beta': 'mcp-client-2025-04-04',
          'x-custom': 'smuggled',
        },
      },
    );
    expect(provider.requests).toEqual([
      { ...hello, metadata: { user_id: job.id } },
    ]);
  });

  it('sends no secret of a repository on, wherever a runner puts it', async () => {
    const secret = `ghp_${'aB3'.repeat(12)}`;
    const password = 'hunter22-of-the-database';
    const env = `HOST=db.example\nDB_PASSWORD=${password}\nTOKEN=${secret}\n`;
    const thinking = {
      type: 'thinking',
      thinking: 'Let me see',
      signature: 'c2ln',
    };
    const body = {
      ...hello,
      system: [{ type: 'text', text: env }],
      tools: [
        { name: 'read', description: env, input_schema: { description: env } },
      ],
      messages: [
        { role: 'user', content: env },
        {
          role: 'assistant',
          content: [
            thinking,
            {
              type: 'tool_use',
              id: 't1',
              name: 'read',
              input: { deep: [env] },
            },
            { type: 'tool_use', id: 't2', name: 'read', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't1', content: env },
            {
              type: 'tool_result',
              tool_use_id: 't2',
              content: [
                { type: 'text', text: `${'select 1\n'.repeat(500)}${env}` },
              ],
            },
          ],
        },
      ],
    };
    expect((await post(body)).status).toBe(200);
    expect(
      (
        await post(
          { ...body, max_tokens: undefined },
          undefined,
          '/v1/messages/count_tokens',
        )
      ).status,
    ).toBe(200);
    const [sent] = provider.requests;
    const text = JSON.stringify(provider.requests);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(password);
    expect(text).toContain('HOST=db.example\\nDB_PASSWORD=[redacted]');
    expect(sent.messages[1].content[0]).toEqual(thinking);
  });

  it('has no model for a job none of whose steps asks one, nor for a scan', async () => {
    const { content } = await knex('context_revisions').first();
    const { steps, ...context } = JSON.parse(content);
    expect((await post(hello)).status).toBe(200);
    for (const without of [undefined, [], [{ type: 'mapping' }]]) {
      await knex('context_revisions').update({
        content: JSON.stringify({ ...context, steps: without }),
      });
      for (const path of ['/v1/messages', '/v1/messages/count_tokens']) {
        const response = await post(hello, undefined, path);
        expect(response.status).toBe(403);
        expect((await response.json()).error.type).toBe('permission_error');
      }
    }
    await knex('context_revisions').update({ content });
    await knex('jobs').update({ task: 'scan' });
    expect((await post(hello)).status).toBe(403);
    expect(provider.requests).toHaveLength(1);
  });

  it('refuses what is over budget with 403, tells the SDK not to try again, and ends the job as that', async () => {
    await knex('campaigns').update({
      spec: JSON.stringify({ budget: { amount: 0, currency: 'USD' } }),
    });
    const error = await client.messages.create(hello).catch(reason => reason);
    expect(error).toBeInstanceOf(Anthropic.PermissionDeniedError);
    expect(error.error).toEqual({
      type: 'error',
      error: {
        type: 'budget_exceeded',
        message: expect.stringContaining('The budget of the campaign'),
      },
      request_id: expect.stringMatching(/^req_/),
    });
    expect(error.headers.get('x-should-retry')).toBe('false');
    expect(provider.requests).toEqual([]);
    await bench.queue.fail(job, { kind: 'agent-unfinished', message: 'x' });
    expect(await bench.target(targetId)).toMatchObject({ state: 'overBudget' });
  });

  it('lets the SDK not try again what the gateway has tried', async () => {
    provider.answer = () => {
      throw new ModelCallError('529: Overloaded', {
        kind: 'overloaded',
        charge: 'nothing',
        status: 529,
      });
    };
    const error = await client.messages.create(hello).catch(reason => reason);
    expect(error).toMatchObject({ status: 529 });
    expect(error.error.error.type).toBe('overloaded_error');
    expect(provider.requests).toHaveLength(1);
  });

  it('ends the call upstream when its runner is gone, and meters it', async () => {
    let aborted = false;
    provider.answer = (_request, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(
            new ModelCallError('The call was given up', {
              kind: 'aborted',
              charge: { usage: { input_tokens: 7, output_tokens: 0 } },
            }),
          );
        });
      });
    const abort = new AbortController();
    const gone = client.messages
      .create(hello, { signal: abort.signal })
      .catch(reason => reason);
    await waitUntil(() => provider.running === 1);
    abort.abort();
    expect(await gone).toBeInstanceOf(Anthropic.APIUserAbortError);
    await waitUntil(async () => {
      const [call] = await knex('model_calls');
      return call.state === 'settled';
    });
    expect(aborted).toBe(true);
    const [call] = await knex('model_calls');
    expect(call).toMatchObject({ outcome: 'aborted', input_tokens: 7 });
    expect(call.cost_nanos).toBe(7_000 + 1_000_000);
  });

  it('bounds the requests that one attempt may have under way', async () => {
    let answer = () => {};
    const gate = new Promise<void>(resolve => {
      answer = resolve;
    });
    provider.answer = async () => {
      await gate;
      return messageOf([]);
    };
    const busy = Array.from({ length: 8 }, () => post(hello));
    await waitUntil(() => provider.running === 8);
    const refused = await post(hello);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('5');
    answer();
    for (const response of await Promise.all(busy)) {
      expect(response.status).toBe(200);
    }
    expect((await post(hello)).status).toBe(200);
  });

  describe('refuses', () => {
    const refusal = async (response: Response) => {
      const body = await response.json();
      expect(provider.requests).toEqual([]);
      expect(body).toEqual({
        type: 'error',
        error: { type: expect.any(String), message: expect.any(String) },
        request_id: response.headers.get('request-id'),
      });
      return { status: response.status, ...body.error };
    };

    it.each([
      ['no token', () => ({})],
      ['another token', () => ({ authorization: `Bearer ${'A'.repeat(43)}` })],
      ['a key of the provider', () => ({ 'x-api-key': 'sk-ant-api03-abc' })],
    ])('%s', async (_, headers) => {
      expect(await refusal(await post(hello, headers()))).toMatchObject({
        status: 401,
        type: 'authentication_error',
      });
    });

    it('the token of a job that was stopped', async () => {
      await knex.transaction(tx => stopJobs(tx, [targetId], 'enough'));
      expect(await refusal(await post(hello))).toMatchObject({
        status: 401,
        type: 'authentication_error',
      });
    });

    it('a model that is not allowed, and more output than is', async () => {
      expect(
        await refusal(await post({ ...hello, model: 'claude-fable-5-1' })),
      ).toMatchObject({ status: 403, type: 'permission_error' });
      expect(
        await refusal(await post({ ...hello, max_tokens: 64_001 })),
      ).toMatchObject({ status: 400, type: 'invalid_request_error' });
    });

    it('a body that is too large, and what is no JSON', async () => {
      const large = { ...hello, system: 'x'.repeat(100_001) };
      expect(await refusal(await post(large))).toMatchObject({
        status: 413,
        type: 'request_too_large',
      });
      expect(await refusal(await post('{"model":'))).toMatchObject({
        status: 400,
        type: 'invalid_request_error',
      });
      const deep = `{"model":"scripted-1","max_tokens":1,"messages":[{"role":"user","content":[{"type":"tool_use","id":"t","name":"n","input":${'['.repeat(
        45_000,
      )}${']'.repeat(45_000)}}]}]}`;
      expect(await refusal(await post(deep))).toMatchObject({
        status: 400,
        type: 'invalid_request_error',
      });
    });

    const asks = (content: unknown) => ({
      messages: [{ role: 'user', content: [content] }],
    });
    it.each<[string, object, string]>([
      [
        'MCP servers',
        { mcp_servers: [{ type: 'url', url: 'https://e.example', name: 'e' }] },
        "'mcp_servers' is not allowed through this gateway",
      ],
      [
        'a container',
        { container: 'c_1' },
        "'container' is not allowed through this gateway",
      ],
      [
        'a dearer tier',
        { service_tier: 'auto' },
        "'service_tier' is not allowed through this gateway",
      ],
      [
        'fast mode and a place',
        { speed: 'fast', inference_geo: 'us' },
        "'speed', 'inference_geo' are not allowed through this gateway",
      ],
      [
        'what nobody knows yet',
        { context_management: {} },
        "'context_management' is not allowed through this gateway",
      ],
      [
        'web search',
        { tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
        'tools.0.type: only tools that the client runs are allowed here',
      ],
      [
        "code execution at the provider's",
        {
          tools: [{ type: 'code_execution_20260521', name: 'code_execution' }],
        },
        'tools.0.type: only tools that the client runs are allowed here',
      ],
      [
        'tools that programs at the provider may call',
        {
          tools: [
            {
              name: 'a',
              input_schema: { type: 'object' },
              allowed_callers: ['code_execution_20260120'],
            },
          ],
        },
        "tools.0: 'allowed_callers' is not allowed through this gateway",
      ],
      [
        'an address of an image',
        asks({
          type: 'image',
          source: { type: 'url', url: 'https://e.example/a.png' },
        }),
        'messages.0.content.0.source.type: only images in line (base64) are allowed here',
      ],
      [
        'a file of the provider',
        asks({ type: 'document', source: { type: 'file', file_id: 'f' } }),
        'messages.0.content.0.type: not allowed through this gateway',
      ],
      [
        'a result of a server tool',
        asks({ type: 'web_search_tool_result', tool_use_id: 'x', content: [] }),
        'messages.0.content.0.type: not allowed through this gateway',
      ],
      [
        'an address in a result of a tool',
        asks({
          type: 'tool_result',
          tool_use_id: 't',
          content: [{ type: 'document', source: { type: 'url', url: 'x' } }],
        }),
        'messages.0.content.0.content.0.type: not allowed through this gateway',
      ],
      ['no output at all', { max_tokens: 0 }, 'max_tokens: '],
    ])('%s', async (_, more, message) => {
      const refused = await refusal(await post({ ...hello, ...more }));
      expect(refused).toMatchObject({
        status: 400,
        type: 'invalid_request_error',
      });
      expect(refused.message).toContain(message);
    });

    it('what it does not serve', async () => {
      const response = await post(hello, undefined, '/v1/messages/batches');
      expect(await refusal(response)).toMatchObject({
        status: 404,
        type: 'not_found_error',
      });
    });
  });
});
