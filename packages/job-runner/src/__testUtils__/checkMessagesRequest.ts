import Anthropic from '@anthropic-ai/sdk';

const BREAKPOINTS = 4;

/**
 * What is wrong with a request of the Messages API, as strictly as the API
 * itself sees it: roles alternate and start with the user, every `tool_use` has
 * its `tool_result` in the very next message and first in it, names and ids are
 * known, no text is empty, and there are at most four cache breakpoints.
 */
export function checkMessagesRequest(
  request: Anthropic.MessageCreateParams,
): string[] {
  const problems: string[] = [];
  const { max_tokens: maxTokens, messages, model, tools = [] } = request;
  if (!model) problems.push('model: required');
  if (!(maxTokens > 0)) problems.push('max_tokens: required');
  if (!messages?.length) return [...problems, 'messages: at least one'];
  const names = tools.map(tool => ('name' in tool ? tool.name : ''));
  if (new Set(names).size !== names.length) problems.push('tools: same name');
  for (const tool of tools) {
    const { input_schema: schema, name } = tool as Anthropic.Tool;
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(name)) problems.push(`tools: ${name}`);
    if (schema?.type !== 'object') problems.push(`tools.${name}: no object`);
  }
  messages.forEach((message, index) => {
    const expected = index % 2 === 0 ? 'user' : 'assistant';
    if (message.role !== expected) {
      problems.push(`messages.${index}: role ${message.role}`);
    }
    problems.push(
      ...checkContent(message, messages[index - 1], `messages.${index}`),
    );
  });
  if (messages.length % 2 === 0 && !isPaused(messages[messages.length - 1])) {
    problems.push('messages: the last one is not of the user');
  }
  const last = messages[messages.length - 1];
  if (toolUses(last).length > 0) {
    problems.push('messages: tool_use without tool_result');
  }
  const breakpoints =
    JSON.stringify(request).split('"cache_control"').length - 1;
  if (breakpoints > BREAKPOINTS) {
    problems.push(`cache_control: ${breakpoints} breakpoints`);
  }
  return problems;
}

function checkContent(
  message: Anthropic.MessageParam,
  before: Anthropic.MessageParam | undefined,
  where: string,
): string[] {
  const problems: string[] = [];
  const blocks = blocksOf(message);
  if (blocks.length === 0) problems.push(`${where}: empty`);
  blocks.forEach(block => {
    if (block.type === 'text' && block.text.trim() === '') {
      problems.push(`${where}: an empty text`);
    }
  });
  const expected = before ? toolUses(before).map(({ id }) => id) : [];
  const results = blocks.filter(block => block.type === 'tool_result');
  const got = results.map(result => result.tool_use_id);
  if (JSON.stringify(expected.sort()) !== JSON.stringify(got.sort())) {
    problems.push(`${where}: results ${got} for calls ${expected}`);
  }
  if (results.length > 0) {
    const others = blocks.findIndex(({ type }) => type !== 'tool_result');
    if (others >= 0 && others < results.length) {
      problems.push(`${where}: tool_result must come first`);
    }
  }
  return problems;
}

function blocksOf(
  message: Anthropic.MessageParam,
): Anthropic.ContentBlockParam[] {
  return typeof message.content === 'string'
    ? [{ type: 'text', text: message.content }]
    : message.content;
}

function toolUses(
  message: Anthropic.MessageParam,
): Anthropic.ToolUseBlockParam[] {
  if (message.role !== 'assistant') return [];
  return blocksOf(message).filter(block => block.type === 'tool_use');
}

function isPaused(message: Anthropic.MessageParam): boolean {
  return message.role === 'assistant' && toolUses(message).length === 0;
}
