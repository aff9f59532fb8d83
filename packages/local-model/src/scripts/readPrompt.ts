import Anthropic from '@anthropic-ai/sdk';
import { blocksOf } from '../protocol/checkTalk';

/** What a request is about, as its prompt says. */
export interface Prompt {
  role: 'agent' | 'judge';
  /** `owner/name`. */
  repository: string;
  /** Folder in the repository; empty for all of it. */
  path: string;
  /** The deprecated datasets of the mapping tables. */
  datasets: string[];
  /** Answers that the model has given in this talk. */
  turn: number;
  /** Text of the newest message. */
  newest: string;
}

/** Words that stand for all of a repository. */
const WHOLE = /^(?:all of the repository|\(all of it\))$/;

/**
 * Reads out of a request which target it is about: what the prompt's own lines
 * say, which come before any text of a repository.
 *
 * @returns undefined where it is no prompt of an agent or a judge
 */
export function readPrompt(
  request: Anthropic.MessageCreateParams,
): Prompt | undefined {
  const { messages, output_config: output, system, tools = [] } = request;
  const first = textOf(messages[0]);
  const repository = /^- Repository: (?:.*\/)?([^/\s]+\/[^/\s]+)$/m.exec(first);
  const folder = /^- Folder:(?: (.+)|\s+<repository-data-\S+>\n(.+))$/m.exec(
    first,
  );
  if (!repository || !folder) return undefined;
  const judged = tools.length === 0 && output?.format?.type === 'json_schema';
  const path = (folder[1] ?? folder[2]).trim();
  return {
    role: judged ? 'judge' : 'agent',
    repository: repository[1],
    path: WHOLE.test(path) ? '' : path,
    datasets: datasetsOf(system),
    turn: messages.filter(({ role }) => role === 'assistant').length,
    newest: textOf(messages[messages.length - 1]),
  };
}

function datasetsOf(system: Anthropic.MessageCreateParams['system']): string[] {
  const text = Array.isArray(system)
    ? system.map(block => block.text).join('\n')
    : system ?? '';
  return [...text.matchAll(/^### `([^`]+)` becomes `/gm)].map(([, it]) => it);
}

function textOf(message: Anthropic.MessageParam): string {
  return blocksOf(message).flatMap(textsOf).join('\n');
}

function textsOf(block: Anthropic.ContentBlockParam): string[] {
  if (block.type === 'text') return [block.text];
  if (block.type !== 'tool_result') return [];
  const { content = '' } = block;
  return typeof content === 'string'
    ? [content]
    : content.flatMap(each => (each.type === 'text' ? [each.text] : []));
}
