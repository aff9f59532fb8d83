import Anthropic from '@anthropic-ai/sdk';
import { checkCacheControl } from './checkCacheControl';
import { checkTalk } from './checkTalk';
import { checkTools } from './checkTools';
import { knownFields, unknownFields } from './knownFields';

/** Which of the two requests it is. */
export type MessagesPath = 'messages' | 'messages/count_tokens';

/**
 * What is wrong with a request of the Messages API, as strictly as the API
 * itself sees it; empty where nothing is.
 */
export function checkMessagesRequest(
  request: Anthropic.MessageCreateParams,
  path: MessagesPath = 'messages',
): string[] {
  const counting = path === 'messages/count_tokens';
  const problems = unknownFields(
    request,
    counting ? knownFields.count : knownFields.request,
    '',
  );
  if (typeof request.model !== 'string' || request.model === '') {
    problems.push('model: Field required');
  }
  if (!counting) problems.push(...checkBounds(request));
  if (!Array.isArray(request.messages) || request.messages.length === 0) {
    return [...problems, 'messages: at least one message is required'];
  }
  return [
    ...problems,
    ...checkSystem(request.system),
    ...checkTools(request),
    ...checkTalk(request),
    ...checkCacheControl(request),
    ...checkFormat(request),
  ];
}

function checkBounds(request: Anthropic.MessageCreateParams): string[] {
  const { max_tokens: maxTokens, thinking } = request;
  const problems: string[] = [];
  if (!Number.isInteger(maxTokens) || maxTokens < 1) {
    problems.push('max_tokens: Input should be greater than or equal to 1');
  }
  if (thinking?.type === 'enabled') {
    if (thinking.budget_tokens < 1024) {
      problems.push('thinking.budget_tokens: at least 1024');
    }
    if (thinking.budget_tokens >= maxTokens) {
      problems.push('max_tokens: must be greater than thinking.budget_tokens');
    }
  }
  const forced = ['any', 'tool'].includes(request.tool_choice?.type ?? '');
  if (forced && thinking && thinking.type !== 'disabled') {
    problems.push('tool_choice: forces tool use, which thinking cannot have');
  }
  return problems;
}

function checkSystem(
  system: Anthropic.MessageCreateParams['system'],
): string[] {
  if (!Array.isArray(system)) return [];
  return system.flatMap((block, index) => [
    ...unknownFields(block, knownFields.blocks.text, `system.${index}.`),
    ...(block.type === 'text' && block.text?.trim()
      ? []
      : [`system.${index}: text content blocks must be non-empty`]),
  ]);
}

/** Objects of a schema for answers name all that they may hold. */
function checkFormat(request: Anthropic.MessageCreateParams): string[] {
  const schema = request.output_config?.format?.schema;
  if (!schema) return [];
  const open: string[] = [];
  JSON.stringify(schema, (key, value) => {
    if (value?.type === 'object' && value.additionalProperties !== false) {
      open.push(key);
    }
    return value;
  });
  return open.map(
    key =>
      `output_config.format.schema: 'additionalProperties' must be false for the object '${key}'`,
  );
}
