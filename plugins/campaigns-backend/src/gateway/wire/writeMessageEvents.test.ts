import Anthropic from '@anthropic-ai/sdk';
import { ModelContentBlock } from '@skein/plugin-campaigns-node';
import fc from 'fast-check';
import { messageOf } from '../__testUtils__/ScriptedProvider';
import { writeMessageEvents } from './writeMessageEvents';

const text = fc.string({ unit: 'grapheme', maxLength: 50 });
const block: fc.Arbitrary<ModelContentBlock> = fc.oneof(
  fc.record({ type: fc.constant('text'), text, citations: fc.constant(null) }),
  fc.record({ type: fc.constant('thinking'), thinking: text, signature: text }),
  fc.record({ type: fc.constant('redacted_thinking'), data: text }),
  fc.record({
    type: fc.constant('tool_use'),
    id: text,
    name: text,
    input: fc
      .dictionary(text, fc.jsonValue({ maxDepth: 3 }))
      .map(value => JSON.parse(JSON.stringify(value))),
  }),
);

describe('writeMessageEvents', () => {
  it('gives the same message again, put together by the official SDK', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(block, { maxLength: 6 }),
        fc.record({
          input_tokens: fc.nat(),
          output_tokens: fc.nat(),
          cache_read_input_tokens: fc.nat(),
          cache_creation_input_tokens: fc.nat(),
        }),
        async (content, usage) => {
          const message = messageOf(content, usage);
          const body = [...writeMessageEvents(message)]
            .map(each => `event: ${each.type}\ndata: ${JSON.stringify(each)}\n`)
            .join('\n');
          const client = new Anthropic({
            apiKey: 'none',
            fetch: async () =>
              new Response(`${body}\n`, {
                headers: { 'content-type': 'text/event-stream' },
              }),
          });
          const read = await client.messages
            .stream({ model: 'scripted-1', max_tokens: 1, messages: [] })
            .finalMessage();
          expect(JSON.parse(JSON.stringify(read))).toMatchObject(
            JSON.parse(JSON.stringify(message)),
          );
        },
      ),
    );
  });
});
