import { ModelRequest } from '@skein/plugin-campaigns-node';
import { z } from 'zod';
import { GatewayError } from '../GatewayError';
import { countTokensSchema, messageRequestSchema } from './requestSchema';

/** What looks at a request recursively must not run out of stack. */
const MOST_LEVELS = 200;

/** A runner's request for a message: what is sent on, and whether it wants it as a stream. */
export interface CheckedRequest {
  request: Omit<ModelRequest, 'metadata'>;
  stream: boolean;
}

/** @throws GatewayError where the body holds anything that is not allowed through the gateway */
export function checkMessageRequest(body: unknown): CheckedRequest {
  const {
    stream = false,
    metadata: _ignored,
    ...request
  } = parse(messageRequestSchema, body);
  return { request: request as CheckedRequest['request'], stream };
}

/** @throws GatewayError like {@link checkMessageRequest} */
export function checkCountRequest(
  body: unknown,
): Omit<ModelRequest, 'metadata' | 'max_tokens'> {
  return parse(countTokensSchema, body) as Omit<
    ModelRequest,
    'metadata' | 'max_tokens'
  >;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  if (isDeeperThan(body, MOST_LEVELS)) {
    throw GatewayError.invalid(
      `The request is nested deeper than ${MOST_LEVELS} levels`,
    );
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw GatewayError.invalid(describe(deepest(parsed.error.issues[0])));
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (
    levels === 0 ||
    Object.values(value).some(each => isDeeperThan(each, levels - 1))
  );
}

/** Of the alternatives of a choice, the one that came furthest says most. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const inner = issue.errors
    .flat()
    .map(deepest)
    .sort((a, b) => b.path.length - a.path.length)[0];
  return inner && inner.path.length > 0
    ? { ...inner, path: [...issue.path, ...inner.path] }
    : issue;
}

function describe(issue: z.core.$ZodIssue): string {
  const at = issue.path.join('.');
  const place = at ? `${at}: ` : '';
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.slice(0, 5).map(key => `'${key}'`);
    return `${place}${names.join(', ')} ${
      names.length === 1 ? 'is' : 'are'
    } not allowed through this gateway`;
  }
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'type') {
    return `${place}not allowed through this gateway`;
  }
  return `${place}${issue.message}`;
}
