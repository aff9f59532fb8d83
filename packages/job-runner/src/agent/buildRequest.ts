import Anthropic from '@anthropic-ai/sdk';
import { RenderedPrompt } from '@skein/agent-context';
import { AgentSettings } from '../protocol';
import { AgentTool } from './tools/AgentTool';

const CACHED: Anthropic.CacheControlEphemeral = { type: 'ephemeral' };

/**
 * The request of one turn. What is cached: tools, system text and campaign,
 * the same bytes for all jobs of a revision; then the target; then the talk up
 * to the newest message. Three of the four breakpoints that there may be.
 */
export function buildRequest(
  settings: AgentSettings & { model: string },
  prompt: RenderedPrompt,
  tools: AgentTool[],
  talk: Anthropic.MessageParam[],
): Anthropic.MessageStreamParams {
  const [first, ...rest] = talk;
  const last = rest.pop();
  return {
    model: settings.model,
    max_tokens: settings.maxTokens,
    tools: tools.map(tool => ({
      name: tool.name,
      description: tool.description,
      input_schema: tool.inputSchema as Anthropic.Tool.InputSchema,
    })),
    system: [
      { type: 'text', text: prompt.system },
      { type: 'text', text: prompt.campaign, cache_control: CACHED },
    ],
    messages: [cacheUpTo(first), ...rest, ...(last ? [cacheUpTo(last)] : [])],
    ...(settings.thinking && {
      thinking: settings.thinking as unknown as Anthropic.ThinkingConfigParam,
    }),
    ...(settings.effort && {
      output_config: {
        effort: settings.effort as Anthropic.OutputConfig['effort'],
      },
    }),
  };
}

function cacheUpTo(message: Anthropic.MessageParam): Anthropic.MessageParam {
  const { content } = message;
  if (message.role !== 'user' || typeof content === 'string') return message;
  const last = content[content.length - 1];
  if (last.type !== 'text' && last.type !== 'tool_result') return message;
  return {
    ...message,
    content: [...content.slice(0, -1), { ...last, cache_control: CACHED }],
  };
}
