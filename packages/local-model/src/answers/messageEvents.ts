import Anthropic from '@anthropic-ai/sdk';

/** One event of a stream. */
export type MessageEvent = { type: string } & Record<string, unknown>;

/** Characters of one delta. */
const DELTA = 40;

/** A message as the events in which the API streams it. */
export function messageEvents(message: Anthropic.Message): MessageEvent[] {
  return [
    {
      type: 'message_start',
      message: {
        ...message,
        content: [],
        stop_reason: null,
        usage: { ...message.usage, output_tokens: 1 },
      },
    },
    { type: 'ping' },
    ...message.content.flatMap(blockEvents),
    {
      type: 'message_delta',
      delta: { stop_reason: message.stop_reason, stop_sequence: null },
      usage: { output_tokens: message.usage.output_tokens },
    },
    { type: 'message_stop' },
  ];
}

function blockEvents(
  block: Anthropic.ContentBlock,
  index: number,
): MessageEvent[] {
  const around = (content: object, deltas: object[]): MessageEvent[] => [
    { type: 'content_block_start', index, content_block: content },
    ...deltas.map(delta => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
  if (block.type === 'tool_use') {
    return around(
      { ...block, input: {} },
      partsOf(JSON.stringify(block.input)).map(part => ({
        type: 'input_json_delta',
        partial_json: part,
      })),
    );
  }
  const { text } = block as Anthropic.TextBlock;
  return around(
    { type: 'text', text: '', citations: null },
    partsOf(text).map(part => ({ type: 'text_delta', text: part })),
  );
}

function partsOf(text: string): string[] {
  return text.match(new RegExp(`[^]{1,${DELTA}}`, 'g')) ?? [''];
}
