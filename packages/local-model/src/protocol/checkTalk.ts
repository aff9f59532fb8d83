import Anthropic from '@anthropic-ai/sdk';
import { knownFields, unknownFields } from './knownFields';

const ID = /^[a-zA-Z0-9_-]+$/;

/**
 * What is wrong with the messages of a request: roles alternate and start with
 * the user, every `tool_use` has its `tool_result` in the very next message and
 * first in it, ids come once, blocks are known, and no text is empty.
 */
export function checkTalk(request: Anthropic.MessageCreateParams): string[] {
  const { messages, tools = [] } = request;
  const problems = messages.flatMap((message, index) =>
    checkMessage(message, messages[index - 1], index),
  );
  const last = messages[messages.length - 1];
  if (last.role === 'assistant') problems.push(...checkPrefill(last));
  const calls = messages.flatMap(toolUses);
  if (new Set(calls.map(({ id }) => id)).size !== calls.length) {
    problems.push('messages: `tool_use` ids must be unique');
  }
  if (calls.length > 0 && tools.length === 0) {
    problems.push('tools: required where messages hold tool_use');
  }
  return problems;
}

/** Content as blocks, however it is given. */
export function blocksOf(
  message: Anthropic.MessageParam,
): Anthropic.ContentBlockParam[] {
  return typeof message.content === 'string'
    ? [{ type: 'text', text: message.content }]
    : message.content;
}

function checkMessage(
  message: Anthropic.MessageParam,
  before: Anthropic.MessageParam | undefined,
  index: number,
): string[] {
  const where = `messages.${index}`;
  const problems = unknownFields(message, knownFields.message, `${where}.`);
  const expected = index % 2 === 0 ? 'user' : 'assistant';
  if (message.role !== expected) {
    problems.push(`${where}.role: ${message.role} instead of ${expected}`);
  }
  const blocks = blocksOf(message);
  if (blocks.length === 0) problems.push(`${where}: content must not be empty`);
  blocks.forEach((block, at) =>
    problems.push(...checkBlock(block, message.role, `${where}.content.${at}`)),
  );
  return [...problems, ...checkResults(blocks, before, where)];
}

function checkBlock(
  block: Anthropic.ContentBlockParam,
  role: string,
  where: string,
): string[] {
  const known = knownFields.blocks[block.type];
  if (!known) return [`${where}: no such type of content: ${block.type}`];
  const problems = unknownFields(block, known, `${where}.`);
  if (block.type === 'text' && block.text.trim() === '') {
    problems.push(`${where}: text content blocks must be non-empty`);
  }
  const asked = ['tool_use', 'thinking', 'redacted_thinking'];
  if (asked.includes(block.type) && role !== 'assistant') {
    problems.push(`${where}: ${block.type} is only for the assistant`);
  }
  if (block.type === 'tool_result') {
    if (role !== 'user') problems.push(`${where}: tool_result is the user's`);
    const { content } = block;
    if (Array.isArray(content) && content.length === 0 && block.is_error) {
      problems.push(`${where}.content: must not be empty if is_error is true`);
    }
  }
  if (block.type === 'tool_use' && !ID.test(block.id)) {
    problems.push(`${where}.id: String should match pattern '${ID.source}'`);
  }
  if (block.type === 'tool_use' && Object(block.input) !== block.input) {
    problems.push(`${where}.input: Input should be an object`);
  }
  return problems;
}

/** Results answer the calls of the message before, all of them, each once, and come first. */
function checkResults(
  blocks: Anthropic.ContentBlockParam[],
  before: Anthropic.MessageParam | undefined,
  where: string,
): string[] {
  const expected = before ? toolUses(before).map(({ id }) => id) : [];
  const results = blocks.filter(block => block.type === 'tool_result');
  const got = results.map(result => result.tool_use_id);
  const problems: string[] = [];
  if (JSON.stringify(expected.sort()) !== JSON.stringify(got.sort())) {
    problems.push(
      `${where}: tool_result blocks [${got}] for tool_use ids [${expected}]`,
    );
  }
  const other = blocks.findIndex(({ type }) => type !== 'tool_result');
  if (other >= 0 && other < results.length) {
    problems.push(`${where}: tool_result blocks must come first`);
  }
  return problems;
}

/** What the assistant is to go on with: the end of a text, and nothing that waits for an answer. */
function checkPrefill(last: Anthropic.MessageParam): string[] {
  if (toolUses(last).length > 0) {
    return ['messages: `tool_use` ids were found without `tool_result` blocks'];
  }
  const end = blocksOf(last).at(-1);
  return end?.type === 'text' && /\s$/.test(end.text)
    ? ['messages: final assistant content cannot end with trailing whitespace']
    : [];
}

function toolUses(
  message: Anthropic.MessageParam,
): Anthropic.ToolUseBlockParam[] {
  if (message.role !== 'assistant') return [];
  return blocksOf(message).filter(block => block.type === 'tool_use');
}
