import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import { visibleLine } from '@skein/plugin-campaigns-common';
import { visibleStack } from './visibleStack';

const MOST_MESSAGE_CHARACTERS = 2_000;
const MOST_DEPTH = 5;
const MOST_ENTRIES = 100;

/**
 * A logger into which words of repositories, runners, models and forges may
 * go, by way of errors too: each message is one line of bounded length, and
 * nothing that it holds commands a terminal, turns the order of text or passes
 * for a line of its own.
 *
 * @public
 */
export function visibleLogger(logger: LoggerService): LoggerService {
  const write =
    (level: 'error' | 'warn' | 'info' | 'debug') =>
    (message: string, meta?: Error | JsonObject) =>
      logger[level](
        visibleLine(String(message), MOST_MESSAGE_CHARACTERS),
        meta && visibleMeta(meta),
      );
  return {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: meta => visibleLogger(logger.child(visibleObject(meta, 0))),
  };
}

function visibleMeta(meta: Error | JsonObject): Error | JsonObject {
  if (isError(meta)) return visibleError(meta, 0);
  // Anything may be thrown, and handed on as an error.
  return typeof meta === 'object'
    ? visibleObject(meta as JsonObject, 0)
    : { error: visibleLine(String(meta), MOST_MESSAGE_CHARACTERS) };
}

/** A copy: whoever threw it may still want to read its words as they were. */
function visibleError(error: Error, depth: number): Error {
  const message = visibleLine(String(error.message), MOST_MESSAGE_CHARACTERS);
  const shown = new Error(message);
  // Bodies of answers and the like, which clients hang on their errors, are left out.
  const plain = Object.entries(error).filter(([, value]) => isPlain(value));
  Object.assign(shown, visibleObject(Object.fromEntries(plain), depth));
  shown.message = message;
  shown.name = visibleLine(String(error.name));
  shown.stack = visibleStack(error, message);
  if (isError(error.cause) && depth < MOST_DEPTH) {
    shown.cause = visibleError(error.cause, depth + 1);
  }
  return shown;
}

function visibleObject(object: JsonObject, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .slice(0, MOST_ENTRIES)
      .map(([key, value]) => [
        visibleLine(key),
        visibleValue(value, depth + 1),
      ]),
  );
}

function visibleValue(
  value: JsonValue | undefined,
  depth: number,
): JsonValue | undefined {
  if (typeof value === 'string') {
    return visibleLine(value, MOST_MESSAGE_CHARACTERS);
  }
  if (isPlain(value)) return value;
  if (depth > MOST_DEPTH) return '…';
  if (isError(value)) {
    return visibleLine(String(value), MOST_MESSAGE_CHARACTERS);
  }
  return Array.isArray(value)
    ? value
        .slice(0, MOST_ENTRIES)
        .map(each => visibleValue(each, depth + 1) as JsonValue)
    : visibleObject(value as JsonObject, depth);
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value !== 'object';
}
