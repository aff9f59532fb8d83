import { createHash } from 'crypto';
import { createRedact } from '@skein/job-runner';
import { ModelCall } from './types';

type Request = ModelCall['request'];

const redact = createRedact();

/** Texts that held nothing are remembered: a conversation comes again whole with each turn. */
const MOST_REMEMBERED = 20_000;
/** Shorter ones are read sooner than they are looked up. */
const WORTH_REMEMBERING = 1_000;
const clean = new Set<string>();

/**
 * A request without what looks like a secret, wherever it stands: a runner may
 * send whatever a repository holds, and what is sent is with the provider.
 * What the model thought is sent back as it came, since it is signed.
 */
export function withoutSecrets<T extends Partial<Request>>(request: T): T {
  return redactAll(request) as T;
}

function redactAll(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactAll);
  if (typeof value !== 'object' || value === null) return value;
  const { type } = value as { type?: unknown };
  if (type === 'thinking' || type === 'redacted_thinking') return value;
  // An image, which holds no text that could be read here.
  if (type === 'base64') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, redactAll(part)]),
  );
}

function redactText(text: string): string {
  if (text.length < WORTH_REMEMBERING) return redact(text);
  const digest = createHash('sha256').update(text).digest('base64');
  if (clean.has(digest)) return text;
  const redacted = redact(text);
  if (redacted !== text) return redacted;
  if (clean.size >= MOST_REMEMBERED) clean.clear();
  clean.add(digest);
  return text;
}
