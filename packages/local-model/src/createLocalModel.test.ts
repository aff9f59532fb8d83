import Anthropic from '@anthropic-ai/sdk';
import { renderJudge, renderPrompt } from '@skein/agent-context';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalModel, LocalModel } from './createLocalModel';

const script = `
target:
  repository: acme/charts
  path: weekly
  dataset: acme.shows_v1
agent:
  - say: I look.
    calls:
      - read_file: { path: weekly/a.sql }
      - list_files: {}
    repeat: 2
  - sees: all is well
    calls:
      - finish: { summary: Done }
judge:
  - verdict: veto
    sees: '+wrong'
    reasons: [{ file: weekly/a.sql, line: 1, reason: Wrong }]
    confidence: 0.9
  - verdict: accept
    sees: '+right'
    confidence: 0.8
`;

const context = {
  version: 'v1',
  mappings: [{ from: 'acme.shows_v1', to: 'acme.shows_v2', columns: [] }],
  options: {},
};
const target = {
  repository: 'forge.example.com/acme/charts',
  path: 'weekly',
  framework: 'dbt',
};
const tools: Anthropic.Tool[] = ['read_file', 'list_files', 'finish'].map(
  name => ({ name, input_schema: { type: 'object' } }),
);
const cache_control = { type: 'ephemeral' } as const;

describe('createLocalModel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'skein-scripts-'));
  let model: LocalModel;
  let client: Anthropic;
  const write = (name: string, text: string) =>
    writeFileSync(join(folder, name), text);

  beforeAll(async () => {
    write('charts.yaml', script);
    model = await createLocalModel({ scripts: folder, key: 'throwaway' });
    client = new Anthropic({
      apiKey: 'throwaway',
      baseURL: model.url,
      maxRetries: 0,
    });
  });
  afterAll(async () => {
    await model.close();
    rmSync(folder, { recursive: true });
  });

  /** The first request of an agent, as the runner makes it. */
  function agentRequest(
    changed: Partial<typeof target> = {},
  ): Anthropic.MessageCreateParamsNonStreaming {
    const prompt = renderPrompt({
      context,
      target: { ...target, ...changed },
      rewrite: { edits: [], refusals: [] },
      fence: 'f'.repeat(24),
    });
    return {
      model: 'local-scripted',
      max_tokens: 1_000,
      tools,
      system: [{ type: 'text', text: prompt.campaign, cache_control }],
      messages: [
        {
          role: 'user',
          content: [{ type: 'text', text: prompt.target, cache_control }],
        },
      ],
    };
  }

  function judgeRequest(
    diff: string,
  ): Anthropic.MessageCreateParamsNonStreaming {
    const fence = 'f'.repeat(24);
    const prompt = renderJudge({ context, target, diff, fence });
    return {
      model: 'local-scripted',
      max_tokens: 1_000,
      system: prompt.campaign,
      messages: [{ role: 'user', content: prompt.change }],
      output_config: {
        format: {
          type: 'json_schema',
          schema: { type: 'object', additionalProperties: false },
        },
      },
    };
  }

  /** The request after an answer, with this result for each of its calls. */
  function goOn(
    request: Anthropic.MessageCreateParamsNonStreaming,
    { content }: Anthropic.Message,
    words: string,
  ): Anthropic.MessageCreateParamsNonStreaming {
    const results = content.flatMap(block =>
      block.type === 'tool_use'
        ? [
            {
              type: 'tool_result' as const,
              tool_use_id: block.id,
              content: words,
            },
          ]
        : [],
    );
    return {
      ...request,
      messages: [
        ...request.messages,
        { role: 'assistant', content },
        { role: 'user', content: results },
      ],
    };
  }

  const textOf = ({ content }: Anthropic.Message) =>
    content.map(block => (block.type === 'text' ? block.text : '')).join('');

  it('plays a script turn by turn, streamed and not, and keeps nothing between', async () => {
    const first = agentRequest();
    const look = await client.messages.stream(first).finalMessage();
    expect(look).toMatchObject({
      model: 'local-scripted',
      stop_reason: 'tool_use',
      content: [
        { type: 'text', text: 'I look.' },
        {
          type: 'tool_use',
          name: 'read_file',
          input: { path: 'weekly/a.sql' },
        },
        { type: 'tool_use', name: 'list_files', input: {} },
      ],
    });
    const second = goOn(first, look, 'select 1');
    const again = await client.messages.create(second);
    expect(textOf(again)).toBe('I look.');
    const third = goOn(second, again, 'all is well');
    const [end] = [await client.messages.create(third)];
    expect(end.content).toMatchObject([{ type: 'tool_use', name: 'finish' }]);
    // Another job of the target begins anew.
    expect(textOf(await client.messages.create(first))).toBe('I look.');
  });

  it('says that it is no model where no script fits, and looks like no success', async () => {
    const others = agentRequest({ repository: 'forge.example.com/acme/other' });
    const first = agentRequest();
    const look = await client.messages.create(first);
    const second = goOn(first, look, 'select 1');
    const astray = goOn(
      second,
      await client.messages.create(second),
      'something is wrong',
    );
    const over = goOn(
      goOn(second, await client.messages.create(second), 'all is well'),
      await client.messages.create(
        goOn(second, await client.messages.create(second), 'all is well'),
      ),
      'x',
    );
    const cases: Array<[Anthropic.MessageCreateParamsNonStreaming, RegExp]> = [
      [others, /no script for acme\/other/],
      [astray, /turn 3 .* expects to see 'all is well'/],
      [over, /ends here/],
      [judgeRequest('+something else'), /no verdict on this change/],
      [
        {
          model: 'local-scripted',
          max_tokens: 10,
          messages: [{ role: 'user', content: 'Hello' }],
        },
        /no target that it knows/,
      ],
    ];
    for (const [request, words] of cases) {
      const answer = await client.messages.create(request);
      expect(answer.content).toHaveLength(1);
      expect(textOf(answer)).toMatch(/scripted stand-in and no model/);
      expect(textOf(answer)).toMatch(words);
    }
  });

  it('judges a change by what stands in it', async () => {
    const verdictOn = async (diff: string) =>
      JSON.parse(textOf(await client.messages.create(judgeRequest(diff))));
    expect(await verdictOn('+wrong')).toEqual({
      verdict: 'veto',
      reasons: [{ file: 'weekly/a.sql', line: 1, reason: 'Wrong' }],
      confidence: 0.9,
    });
    expect(await verdictOn('+right')).toEqual({
      verdict: 'accept',
      reasons: [],
      confidence: 0.8,
    });
  });

  it('counts what is written to the cache, and what is read of it', async () => {
    const first = { ...agentRequest(), model: 'another' };
    const one = await client.messages.create(first);
    expect(one.usage).toMatchObject({
      input_tokens: 0,
      cache_read_input_tokens: 0,
    });
    const two = await client.messages.create(goOn(first, one, 'select 1'));
    expect(two.usage.cache_read_input_tokens).toBe(
      one.usage.cache_creation_input_tokens,
    );
    expect(two.usage.input_tokens).toBeGreaterThan(0);
    const { max_tokens: _, ...count } = first;
    expect((await client.messages.countTokens(count)).input_tokens).toBe(
      one.usage.cache_creation_input_tokens,
    );
  });

  it('refuses other keys, and what is no request of the API', async () => {
    const stranger = new Anthropic({ apiKey: 'other', baseURL: model.url });
    await expect(
      stranger.messages.create(agentRequest()),
    ).rejects.toMatchObject({ status: 401 });
    await expect(
      client.messages.create({ ...agentRequest(), messages: [] }),
    ).rejects.toMatchObject({
      status: 400,
      requestID: expect.stringMatching(/^req_/),
    });
    const bare = await fetch(`${model.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': 'throwaway' },
      body: JSON.stringify(agentRequest()),
    });
    expect(bare.status).toBe(400);
    expect(await bare.text()).toContain('anthropic-version');
  });

  it('goes wrong on demand, so often as it is told', async () => {
    model.faults.add({ status: 429, retryAfterSeconds: 3 });
    const limited = await client.messages.create(agentRequest()).catch(e => e);
    expect(limited).toMatchObject({ status: 429, type: 'rate_limit_error' });
    expect(limited.headers.get('retry-after')).toBe('3');
    model.faults.add({ status: 529 }, 2);
    for (let count = 0; count < 2; count += 1) {
      await expect(
        client.messages.create(agentRequest()),
      ).rejects.toMatchObject({ status: 529, type: 'overloaded_error' });
    }
    model.faults.add({ breakAfter: 4 });
    await expect(
      client.messages.stream(agentRequest()).finalMessage(),
    ).rejects.toThrow();
    model.faults.add({ overloadedInStream: true });
    await expect(
      client.messages.stream(agentRequest()).finalMessage(),
    ).rejects.toThrow(/overloaded/i);
    expect(textOf(await client.messages.create(agentRequest()))).toBe(
      'I look.',
    );
  });

  it.each([
    ['no script', 'agents: []', /Unrecognized key/],
    ['no YAML', 'target: [', /is not YAML/],
    ['a second one of a target', script, /a second script/],
  ])('does not start with %s', async (_, text, problem) => {
    write('z.yaml', text);
    await expect(createLocalModel({ scripts: folder })).rejects.toThrow(
      problem,
    );
    rmSync(join(folder, 'z.yaml'));
  });
});
