import { ModelContentBlock, ModelMessage } from '@skein/plugin-campaigns-node';

/** An event of the Messages API's stream. */
export type StreamEvent = { type: string } & Record<string, unknown>;

/**
 * A complete message as the events of a stream, in the order of the Messages
 * API. Put together again by a client they give the same message.
 */
export function* writeMessageEvents(
  message: ModelMessage,
): Generator<StreamEvent> {
  const { content, stop_reason: reason, stop_sequence: sequence } = message;
  yield {
    type: 'message_start',
    message: {
      ...message,
      content: [],
      stop_reason: null,
      stop_sequence: null,
    },
  };
  for (const [index, block] of content.entries()) {
    yield { type: 'content_block_start', index, content_block: start(block) };
    for (const delta of deltas(block)) {
      yield { type: 'content_block_delta', index, delta };
    }
    yield { type: 'content_block_stop', index };
  }
  yield {
    type: 'message_delta',
    delta: {
      stop_reason: reason,
      stop_sequence: sequence,
      ...('stop_details' in message && { stop_details: message.stop_details }),
    },
    usage: message.usage,
  };
  yield { type: 'message_stop' };
}

/** The block as it begins, without what the deltas bring. */
function start(block: ModelContentBlock): ModelContentBlock {
  switch (block.type) {
    case 'text':
      return { ...block, text: '' };
    case 'thinking':
      return { ...block, thinking: '', signature: '' };
    case 'tool_use':
      return { ...block, input: {} };
    default:
      return block;
  }
}

function deltas(block: ModelContentBlock): StreamEvent[] {
  switch (block.type) {
    case 'text':
      return [{ type: 'text_delta', text: block.text }];
    case 'thinking':
      return [
        { type: 'thinking_delta', thinking: block.thinking },
        { type: 'signature_delta', signature: block.signature },
      ];
    case 'tool_use':
      return [
        {
          type: 'input_json_delta',
          partial_json: JSON.stringify(block.input),
        },
      ];
    default:
      return [];
  }
}
