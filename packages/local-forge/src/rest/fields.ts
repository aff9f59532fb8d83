import { ApiError, invalidRequest } from '../domain/ApiError';

type Body = Record<string, unknown>;

function wrongType(name: string, value: unknown, type: string): ApiError {
  const shown = JSON.stringify(value)?.slice(0, 100);
  return invalidRequest(`For 'properties/${name}', ${shown} is not a ${type}.`);
}

/** A text of the body; null counts as absent. @throws ApiError 422 when it is something else */
export function optionalText(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'string') {
    throw wrongType(name, value, 'string');
  }
  return value;
}

/** @throws ApiError 422 in GitHub's words when it is not there */
export function requiredText(body: Body, name: string): string {
  const value = optionalText(body, name);
  if (value === undefined) {
    throw invalidRequest(`"${name}" wasn't supplied.`);
  }
  return value;
}

export function optionalBoolean(body: Body, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'boolean') {
    throw wrongType(name, value, 'boolean');
  }
  return value;
}

export function optionalInteger(body: Body, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!Number.isInteger(value)) {
    throw wrongType(name, value, 'integer');
  }
  return value as number;
}

/** A list of texts; absent is empty. */
export function textList(body: Body, name: string): string[] {
  const value = body[name] ?? [];
  if (!Array.isArray(value) || value.some(item => typeof item !== 'string')) {
    throw wrongType(name, value, 'array of strings');
  }
  return value;
}

export function optionalObject(body: Body, name: string): Body | undefined {
  const value = body[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw wrongType(name, value, 'object');
  }
  return value as Body;
}

export function objectList(body: Body, name: string): Body[] {
  const value = body[name] ?? [];
  if (
    !Array.isArray(value) ||
    value.some(item => typeof item !== 'object' || item === null)
  ) {
    throw wrongType(name, value, 'array of objects');
  }
  return value;
}

/** One of the given words. @throws ApiError 422 when it is another */
export function optionalWord<T extends string>(
  body: Body,
  name: string,
  words: readonly T[],
): T | undefined {
  const value = optionalText(body, name);
  if (value !== undefined && !words.includes(value as T)) {
    throw invalidRequest(
      `For 'properties/${name}', ${value.slice(
        0,
        100,
      )} is not a member of ${JSON.stringify(words)}.`,
    );
  }
  return value as T | undefined;
}
