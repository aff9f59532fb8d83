import { LLMock } from '@copilotkit/aimock';
import { ModelCallError, ModelRequest } from '@skein/plugin-campaigns-node';
import { once } from 'events';
import { createServer, RequestListener, Server } from 'http';
import { AddressInfo } from 'net';
import { inspect } from 'util';
import { ClaudeProvider } from './ClaudeProvider';
import { ClaudeSettings } from './readClaudeConfig';

const caller = {
  campaign: 'retire-users',
  ownerRef: 'group:default/platform',
};

const ask = (content: string): ModelRequest => ({
  model: 'claude-opus-5-5',
  max_tokens: 200,
  messages: [{ role: 'user', content }],
});

function providerFor(
  baseURL: string,
  settings: Partial<ClaudeSettings> = {},
): ClaudeProvider {
  return ClaudeProvider.create({
    keys: [{ apiKey: 'sk-general' }],
    baseURL,
    defaults: { model: 'claude-opus-5-5', maxTokens: 16_000 },
    idleMilliseconds: 10_000,
    ...settings,
  });
}

const failureOf = async (call: Promise<unknown>): Promise<ModelCallError> => {
  const error = await call.then(
    () => undefined,
    reason => reason,
  );
  expect(error).toBeInstanceOf(ModelCallError);
  return error;
};

describe('ClaudeProvider against aimock', () => {
  let mock: LLMock;
  let provider: ClaudeProvider;
  const signal = new AbortController().signal;
  const create = (content: string) =>
    provider.createMessage(ask(content), { caller, signal });

  beforeEach(async () => {
    mock = new LLMock({ port: 0, chunkSize: 4 });
    await mock.start();
    provider = providerFor(mock.url);
  });
  afterEach(() => mock.stop());

  it('gives a streamed answer as one message, with its usage', async () => {
    mock.onMessage('greet', {
      content: 'Good morning to all of you',
      usage: { input_tokens: 21, output_tokens: 9 },
    });
    const onFirstToken = jest.fn();
    const message = await provider.createMessage(ask('greet'), {
      caller,
      signal,
      onFirstToken,
    });
    expect(message).toMatchObject({
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Good morning to all of you' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 21, output_tokens: 9 },
    });
    expect(onFirstToken).toHaveBeenCalled();
  });

  it('gives several tool calls of one answer, each with its whole input', async () => {
    mock.onMessage('look', {
      toolCalls: [
        { name: 'read_file', arguments: { path: 'models/a.sql' } },
        { name: 'search', arguments: { query: 'users_v1', limit: 5 } },
      ],
    });
    const message = await create('look');
    expect(message.stop_reason).toBe('tool_use');
    expect(message.content).toMatchObject([
      { type: 'tool_use', name: 'read_file', input: { path: 'models/a.sql' } },
      { type: 'tool_use', name: 'search', input: { query: 'users_v1' } },
    ]);
  });

  it.each([
    [429, 'rate_limit_error', 'rate-limited'],
    [529, 'overloaded_error', 'overloaded'],
    [500, 'api_error', 'unavailable'],
    [400, 'invalid_request_error', 'refused'],
  ])(
    'tells a %i %s as %s, and that it cost nothing',
    async (status, type, kind) => {
      mock.onMessage('x', { content: 'never' });
      mock.nextRequestError(status, { type, message: 'not now' });
      const error = await failureOf(create('x'));
      expect(error).toMatchObject({ kind, status, charge: 'nothing' });
      expect(error.message).toContain('not now');
      // Once: trying again is the gateway's.
      expect(mock.getRequests()).toHaveLength(1);
    },
  );

  it('passes on how long the provider asks to wait', async () => {
    mock.onMessage('x', { content: 'never' });
    mock.setChaos({ rateLimitRate: 1 });
    const error = await failureOf(create('x'));
    expect(error.kind).toBe('rate-limited');
    expect(error.retryAfterMilliseconds).toBeGreaterThan(0);
  });

  it('gives no part of an answer that is cut off, but what is known of its cost', async () => {
    mock.onMessage(
      'long',
      {
        content: 'one two three four five six seven eight nine ten',
        usage: { input_tokens: 33, output_tokens: 12 },
      },
      { truncateAfterChunks: 4, latency: 20 },
    );
    const error = await failureOf(create('long'));
    expect(error.kind).toBe('broken');
    expect(error.charge).toMatchObject({ usage: { input_tokens: 33 } });
  });
});

describe('ClaudeProvider against a server of our own', () => {
  let server: Server;
  let url: string;

  const serve = async (listener: RequestListener) => {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const beginning = [
    {
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'claude-opus-5-5',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 50, output_tokens: 1 },
      },
    },
    {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'text', text: '' },
    },
    {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: 'Half of' },
    },
  ];
  const write = (
    response: Parameters<RequestListener>[1],
    events: object[],
  ) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events as Array<{ type: string }>) {
      response.write(
        `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
      );
    }
  };
  const signal = new AbortController().signal;

  it('counts the tokens of the input, and leaves out what is not input', async () => {
    let body = '';
    await serve((request, response) => {
      expect(request.url).toBe('/v1/messages/count_tokens');
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ input_tokens: 42 }));
      });
    });
    const request = { ...ask('How many?'), system: 'Be exact' };
    await expect(
      providerFor(url).countTokens(request, { caller, signal }),
    ).resolves.toBe(42);
    const { model, messages, system } = request;
    expect(JSON.parse(body)).toEqual({ model, messages, system });
  });

  it('takes an answer that ends without its end for a broken one', async () => {
    await serve((_request, response) => {
      write(response, [...beginning, { type: 'content_block_stop', index: 0 }]);
      response.end();
    });
    const error = await failureOf(
      providerFor(url).createMessage(ask('x'), { caller, signal }),
    );
    expect(error).toMatchObject({
      kind: 'broken',
      charge: { usage: { input_tokens: 50 } },
    });
  });

  it('tells an overload in the middle of an answer as one', async () => {
    await serve((_request, response) => {
      const error = { type: 'overloaded_error', message: 'Overloaded' };
      write(response, [...beginning, { type: 'error', error }]);
      response.end();
    });
    const error = await failureOf(
      providerFor(url).createMessage(ask('x'), { caller, signal }),
    );
    expect(error).toMatchObject({
      kind: 'overloaded',
      charge: { usage: { input_tokens: 50 } },
    });
  });

  it('gives up an answer that has gone silent', async () => {
    await serve((_request, response) => write(response, beginning));
    const provider = providerFor(url, { idleMilliseconds: 50 });
    const error = await failureOf(
      provider.createMessage(ask('x'), { caller, signal }),
    );
    expect(error).toMatchObject({
      kind: 'broken',
      charge: { usage: { input_tokens: 50 } },
    });
  });

  it('ends the request upstream when nobody waits any more', async () => {
    const abort = new AbortController();
    let closed: Promise<unknown> | undefined;
    await serve((request, response) => {
      closed = once(request.socket, 'close');
      write(response, beginning);
    });
    const error = await failureOf(
      providerFor(url).createMessage(ask('x'), {
        caller,
        signal: abort.signal,
        onFirstToken: () => abort.abort(),
      }),
    );
    expect(error).toMatchObject({
      kind: 'aborted',
      charge: { usage: { input_tokens: 50 } },
    });
    await closed;
  });

  it('says that nothing was sent where nobody listens', async () => {
    await serve(() => {});
    server.close();
    await once(server, 'close');
    const error = await failureOf(
      providerFor(url).createMessage(ask('x'), { caller, signal }),
    );
    expect(error).toMatchObject({ kind: 'unavailable', charge: 'nothing' });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it("uses a campaign's key, else its owner's, else the general one, and never shows one", async () => {
    const seen: unknown[] = [];
    await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          type: 'error',
          error: { type: 'authentication_error', message: 'invalid x-api-key' },
        }),
      );
    });
    const provider = providerFor(url, {
      keys: [
        { apiKey: 'sk-users', campaign: 'retire-users' },
        { apiKey: 'sk-platform', owner: 'group:default/platform' },
        { apiKey: 'sk-general' },
      ],
    });
    const callers = [
      caller,
      { ...caller, campaign: 'retire-sessions' },
      { campaign: 'retire-sessions', ownerRef: 'group:default/growth' },
    ];
    for (const each of callers) {
      const error = await failureOf(
        provider.createMessage(ask('x'), { caller: each, signal }),
      );
      expect(error.kind).toBe('refused');
      expect(JSON.stringify(error) + error.stack).not.toContain('sk-');
    }
    expect(seen).toEqual([
      'Bearer sk-users',
      'Bearer sk-platform',
      'Bearer sk-general',
    ]);
  });

  it.each([529, 401])('never repeats a key that a %i repeats', async status => {
    await serve((request, response) => {
      const { authorization } = request.headers;
      response.writeHead(status, {
        'content-type': 'application/json',
        'x-echo': authorization,
      });
      response.end(
        JSON.stringify({
          type: 'error',
          error: { type: authorization, message: `${authorization} is wrong` },
        }),
      );
    });
    const provider = providerFor(url);
    for (const call of [
      provider.createMessage(ask('x'), { caller, signal }),
      provider.countTokens(ask('x'), { caller, signal }),
    ]) {
      const error = await failureOf(call);
      expect(error.status).toBe(status);
      expect(error.message).toContain('Bearer [redacted] is wrong');
      expect(inspect(error, { depth: 10 })).not.toContain('sk-general');
    }
  });

  it('refuses a campaign that has no key', async () => {
    await serve(() => {});
    const provider = providerFor(url, {
      keys: [{ apiKey: 'sk-users', campaign: 'retire-users' }],
    });
    const error = await failureOf(
      provider.createMessage(ask('x'), {
        caller: { ...caller, campaign: 'other' },
        signal,
      }),
    );
    expect(error).toMatchObject({ kind: 'refused', charge: 'nothing' });
    expect(error.message).toContain("campaign 'other'");
  });
});
