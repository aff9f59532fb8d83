import Anthropic from '@anthropic-ai/sdk';
import { checkMessagesRequest } from './checkMessagesRequest';

type Request = Anthropic.MessageCreateParams;

const tool: Anthropic.Tool = {
  name: 'read_file',
  input_schema: {
    type: 'object',
    properties: { path: { type: 'string' } },
    required: ['path'],
  },
};
const use = (id: string) =>
  ({ type: 'tool_use', id, name: 'read_file', input: {} } as const);
const result = (id: string) =>
  ({ type: 'tool_result', tool_use_id: id, content: 'x' } as const);
const text = (words: string) => ({ type: 'text', text: words } as const);
const cached = { cache_control: { type: 'ephemeral' } } as const;

const good: Request = {
  model: 'claude-opus-5-5',
  max_tokens: 100,
  tools: [{ ...tool, ...cached }],
  system: [{ ...text('Be exact'), ...cached }],
  messages: [
    { role: 'user', content: [{ ...text('Look'), ...cached }] },
    { role: 'assistant', content: [text('I look'), use('a'), use('b')] },
    {
      role: 'user',
      content: [result('b'), { ...result('a'), ...cached }, text('Go on')],
    },
  ],
};
const having = (change: object) => ({ ...good, ...change } as Request);
const talk = (...messages: Anthropic.MessageParam[]) => having({ messages });
const asked = good.messages.slice(0, 2);

describe('checkMessagesRequest', () => {
  it('has nothing against a good request', () => {
    expect(checkMessagesRequest(good)).toEqual([]);
    expect(
      checkMessagesRequest(talk({ role: 'user', content: 'Hello' })),
    ).toEqual([]);
  });

  it.each<[string, Request, RegExp]>([
    ['a field that is not known', having({ top: 1 }), /^top: Extra inputs/],
    ['no model', having({ model: undefined }), /^model/],
    [
      'no bound of the answer',
      having({ max_tokens: undefined }),
      /^max_tokens/,
    ],
    ['no whole bound', having({ max_tokens: 1.5 }), /^max_tokens/],
    [
      'more thinking than answer',
      having({ thinking: { type: 'enabled', budget_tokens: 2_000 } }),
      /greater than thinking.budget_tokens/,
    ],
    [
      'thinking with a forced tool',
      having({
        thinking: { type: 'adaptive' },
        tool_choice: { type: 'any' },
      }),
      /forces tool use/,
    ],
    ['no messages', talk(), /at least one message/],
    [
      'a role twice',
      talk({ role: 'user', content: 'x' }, { role: 'user', content: 'y' }),
      /^messages\.1\.role: user instead of assistant/,
    ],
    [
      'the assistant first',
      talk({ role: 'assistant', content: 'x' }),
      /^messages\.0\.role/,
    ],
    [
      'a call without its result',
      talk(...asked, { role: 'user', content: [result('a')] }),
      /tool_use ids \[a,b\]/,
    ],
    [
      'a result without its call',
      talk(...asked, {
        role: 'user',
        content: [result('a'), result('b'), result('c')],
      }),
      /tool_result blocks \[a,b,c\]/,
    ],
    [
      'a result behind a text',
      talk(...asked, {
        role: 'user',
        content: [text('So'), result('a'), result('b')],
      }),
      /must come first/,
    ],
    ['a call at the end', talk(...asked), /were found without/],
    [
      'an id twice',
      talk(
        { role: 'user', content: 'x' },
        { role: 'assistant', content: [use('a')] },
        { role: 'user', content: [result('a')] },
        { role: 'assistant', content: [use('a')] },
        { role: 'user', content: [result('a')] },
      ),
      /ids must be unique/,
    ],
    [
      'an empty text',
      talk({ role: 'user', content: [text(' ')] }),
      /must be non-empty/,
    ],
    [
      'white space to go on from',
      talk(
        { role: 'user', content: 'x' },
        { role: 'assistant', content: 'Well, ' },
      ),
      /trailing whitespace/,
    ],
    [
      'a field of a block that is not known',
      talk({ role: 'user', content: [{ ...text('x'), name: 'y' } as never] }),
      /^messages\.0\.content\.0\.name: Extra inputs/,
    ],
    [
      'a call by the user',
      talk({ role: 'user', content: [use('a')] }),
      /only for the assistant/,
    ],
    ['calls without tools', having({ tools: [] }), /^tools: required/],
    ['one name for two tools', having({ tools: [tool, tool] }), /unique/],
    [
      'a schema that is no object',
      having({ tools: [{ ...tool, input_schema: { type: 'string' } }] }),
      /^tools\.0\.input_schema\.type/,
    ],
    [
      'a schema that requires what it does not have',
      having({
        tools: [
          { ...tool, input_schema: { type: 'object', required: ['path'] } },
        ],
      }),
      /'path' is required and unknown/,
    ],
    [
      'a choice of no tool',
      having({ tool_choice: { type: 'tool', name: 'write' } }),
      /'write' not found/,
    ],
    [
      'five breakpoints',
      having({ cache_control: { type: 'ephemeral' } }),
      /Found 5/,
    ],
    [
      'a breakpoint of no known kind',
      having({ tools: [{ ...tool, cache_control: { type: 'persistent' } }] }),
      /Input should be 'ephemeral'/,
    ],
    [
      'an hour behind five minutes',
      having({
        system: [
          { ...text('x'), cache_control: { type: 'ephemeral', ttl: '1h' } },
        ],
      }),
      /must not come after/,
    ],
    [
      'an open schema for the answer',
      having({
        output_config: {
          format: { type: 'json_schema', schema: { type: 'object' } },
        },
      }),
      /'additionalProperties' must be false/,
    ],
  ])('refuses %s', (_, request, problem) => {
    expect(checkMessagesRequest(request)).toEqual(
      expect.arrayContaining([expect.stringMatching(problem)]),
    );
  });

  it('takes no bound of the answer where tokens are counted', () => {
    const { max_tokens: _, ...count } = good;
    expect(
      checkMessagesRequest(count as Request, 'messages/count_tokens'),
    ).toEqual([]);
    expect(checkMessagesRequest(good, 'messages/count_tokens')).toEqual([
      expect.stringMatching(/^max_tokens: Extra inputs/),
    ]);
  });
});
