import Anthropic from '@anthropic-ai/sdk';
import { knownFields, unknownFields } from './knownFields';

const BREAKPOINTS = 4;

/** A thing that may carry a breakpoint of the cache, as any object of the request. */
interface Carrier {
  type?: string;
  text?: string;
  cache_control?: { type?: string; ttl?: string } | null;
}

/**
 * What is wrong with the breakpoints of the cache: at most four, of a known
 * kind, on nothing that cannot be cached, and none of an hour behind one of
 * five minutes.
 */
export function checkCacheControl(
  request: Anthropic.MessageCreateParams,
): string[] {
  const marked = carriersOf(request).filter(({ value }) => value.cache_control);
  const problems = marked.flatMap(({ value, where }) => [
    ...checkBreakpoint(value, where),
  ]);
  if (marked.length > BREAKPOINTS) {
    problems.push(
      `A maximum of ${BREAKPOINTS} blocks with cache_control may be provided. Found ${marked.length}.`,
    );
  }
  const hours = marked.map(({ value }) => value.cache_control!.ttl === '1h');
  if (hours.lastIndexOf(true) > hours.indexOf(false) && hours.includes(false)) {
    problems.push(
      "cache_control: a ttl='1h' block must not come after a ttl='5m' block",
    );
  }
  return problems;
}

function checkBreakpoint(value: Carrier, where: string): string[] {
  const control = value.cache_control!;
  const place = `${where}cache_control`;
  const problems = unknownFields(
    control,
    knownFields.cacheControl,
    `${place}.`,
  );
  if (control.type !== 'ephemeral') {
    problems.push(`${place}.type: Input should be 'ephemeral'`);
  }
  if (![undefined, '5m', '1h'].includes(control.ttl)) {
    problems.push(`${place}.ttl: Input should be '5m' or '1h'`);
  }
  if (value.type === 'text' && !value.text?.trim()) {
    problems.push(`${place}: cannot be set for empty text blocks`);
  }
  return problems;
}

/** In the order of the prompt: tools, system, messages with what is in their results, and the request itself. */
function carriersOf(
  request: Anthropic.MessageCreateParams,
): Array<{ value: Carrier; where: string }> {
  const { messages, system, tools = [] } = request;
  const list = (values: unknown, where: string) =>
    (Array.isArray(values) ? values : []).map((value, index) => ({
      value: value as Carrier & { content?: unknown },
      where: `${where}.${index}.`,
    }));
  return [
    ...list(tools, 'tools'),
    ...list(system, 'system'),
    ...messages.flatMap(({ content }, index) =>
      list(content, `messages.${index}.content`).flatMap(block => [
        ...list(block.value.content, `${block.where}content`),
        block,
      ]),
    ),
    { value: request as Carrier, where: '' },
  ];
}
