import Anthropic from '@anthropic-ai/sdk';
import { randomBytes } from 'node:crypto';
import { tokensOf } from './PromptCache';
import { ScriptedMessage } from './ScriptedAnswer';

/** An answer of a script as the API gives it, with ids of its own. */
export function toMessage(
  request: Anthropic.MessageCreateParams,
  answer: ScriptedMessage,
  input: Partial<Anthropic.Usage>,
): Anthropic.Message {
  const { calls = [], stopReason, text, usage } = answer;
  const content = [
    ...(text === undefined ? [] : [{ type: 'text', text, citations: null }]),
    ...calls.map(([name, value]) => ({
      type: 'tool_use',
      id: newId('toolu'),
      name,
      input: value,
    })),
  ] as Anthropic.ContentBlock[];
  const output = tokensOf(JSON.stringify(content));
  return {
    id: newId('msg'),
    type: 'message',
    role: 'assistant',
    model: request.model,
    content,
    stop_reason: stopReason ?? (calls.length > 0 ? 'tool_use' : 'end_turn'),
    stop_sequence: null,
    usage: {
      ...input,
      // No answer has more than it may have, whatever a script says.
      output_tokens: Math.min(output, request.max_tokens),
      ...usage,
    },
  } as Anthropic.Message;
}

/** An id as the API makes them: `msg_…`, `toolu_…`, `req_…`. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}
