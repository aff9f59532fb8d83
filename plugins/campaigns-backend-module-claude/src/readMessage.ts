import Anthropic from '@anthropic-ai/sdk';
import { MessageStream } from '@anthropic-ai/sdk/lib/MessageStream';
import {
  ModelCallError,
  ModelMessage,
  ModelUsage,
} from '@skein/plugin-campaigns-node';
import { toModelCallError } from './toModelCallError';

/**
 * Reads a streamed answer to its end.
 *
 * The SDK gives out what it has when a connection ends cleanly in the middle;
 * here a message is one only when the provider said that it is complete.
 *
 * @throws ModelCallError, with the usage as far as it was told
 */
export async function readMessage(
  open: (signal: AbortSignal) => MessageStream,
  options: {
    signal: AbortSignal;
    onFirstToken?: () => void;
    /** Silence after which the answer is given up. */
    idleMilliseconds: number;
  },
): Promise<ModelMessage> {
  const idle = new AbortController();
  const giveUp = () => idle.abort();
  let timer = setTimeout(giveUp, options.idleMilliseconds);
  let usage: ModelUsage | undefined;
  let complete = false;
  try {
    const stream = open(AbortSignal.any([options.signal, idle.signal]));
    stream.on('streamEvent', event => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, options.idleMilliseconds);
      if (event.type === 'message_start') usage = { ...event.message.usage };
      if (event.type === 'content_block_start') options.onFirstToken?.();
      if (event.type === 'message_stop') complete = true;
    });
    const message = await stream.finalMessage();
    if (!complete) {
      throw new ModelCallError('The answer ended before it was complete', {
        kind: 'broken',
        charge: { usage },
      });
    }
    return toModelMessage(message);
  } catch (error) {
    if (error instanceof ModelCallError) throw error;
    if (idle.signal.aborted && !options.signal.aborted) {
      throw new ModelCallError(
        `The answer was silent for ${options.idleMilliseconds / 1_000} s`,
        { kind: 'broken', charge: { usage }, cause: error as Error },
      );
    }
    throw toModelCallError(error, { answered: usage });
  } finally {
    clearTimeout(timer);
  }
}

/** The message as JSON has it: the SDK's has parsed and hidden fields of its own. */
function toModelMessage(message: Anthropic.Message): ModelMessage {
  const { parsed_output: _parsed, ...plain } = JSON.parse(
    JSON.stringify(message),
  );
  return plain;
}
