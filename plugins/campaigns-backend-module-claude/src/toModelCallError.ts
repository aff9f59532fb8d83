import Anthropic from '@anthropic-ai/sdk';
import {
  ModelCallCharge,
  ModelCallError,
  ModelCallErrorKind,
  ModelUsage,
} from '@skein/plugin-campaigns-node';

/** Failures to connect at all: nothing was sent, so nothing is billed. */
const notConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * A failure of the SDK as the gateway understands it.
 *
 * @param known.answered - the usage, where the answer had begun
 * @param known.free - the request costs nothing
 */
export function toModelCallError(
  error: unknown,
  known: { answered: ModelUsage | undefined; free?: boolean },
): ModelCallError {
  const { answered, free } = known;
  const charge: ModelCallCharge = free ? 'nothing' : { usage: answered };
  const cause = error as Error;
  if (error instanceof Anthropic.APIUserAbortError) {
    return new ModelCallError('The call was given up', {
      kind: 'aborted',
      charge,
      cause,
    });
  }
  if (error instanceof Anthropic.APIConnectionError) {
    const code = codeOf(error);
    const unsent = code !== undefined && notConnected.has(code);
    return new ModelCallError(
      `The connection to the model's provider failed${
        code ? ` (${code})` : ''
      }`,
      {
        kind: unsent || free ? 'unavailable' : 'broken',
        charge: unsent ? 'nothing' : charge,
        cause,
      },
    );
  }
  if (error instanceof Anthropic.APIError) {
    const { status, headers } = error;
    const { type, message } = detailsOf(error);
    return new ModelCallError(`${status ?? type ?? 'error'}: ${message}`, {
      kind: kindOf(status, type),
      // Answered with an error instead of a message: not billed.
      charge: status === undefined ? charge : 'nothing',
      status,
      type,
      retryAfterMilliseconds: retryAfterOf(headers),
      cause,
    });
  }
  return new ModelCallError(
    `The answer could not be read: ${cause?.message ?? error}`,
    { kind: 'broken', charge, cause },
  );
}

function kindOf(
  status: number | undefined,
  type: string | undefined,
): ModelCallErrorKind {
  if (status === 429 || type === 'rate_limit_error') return 'rate-limited';
  if (status === 529 || type === 'overloaded_error') return 'overloaded';
  // An error in the middle of a stream has no status.
  if (status === undefined) return 'broken';
  return status >= 500 || status === 408 ? 'unavailable' : 'refused';
}

function detailsOf(error: InstanceType<typeof Anthropic.APIError>): {
  type?: string;
  message: string;
} {
  const body = error.error as
    | { error?: { type?: unknown; message?: unknown } }
    | undefined;
  const { type, message } = body?.error ?? {};
  return {
    type: typeof type === 'string' ? type : undefined,
    message: typeof message === 'string' ? message : error.message,
  };
}

function codeOf(error: Error): string | undefined {
  let cause = error.cause as { code?: unknown; cause?: unknown } | undefined;
  for (let depth = 0; cause && depth < 5; depth += 1) {
    if (typeof cause.code === 'string') return cause.code;
    cause = cause.cause as typeof cause;
  }
  return undefined;
}

/** Seconds or a date, as HTTP has it; milliseconds as the SDK knows too. */
function retryAfterOf(headers: Headers | undefined): number | undefined {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(exact)) return Math.max(0, exact);
  const given = headers?.get('retry-after');
  if (!given) return undefined;
  const seconds = Number.parseFloat(given);
  const milliseconds = Number.isFinite(seconds)
    ? seconds * 1_000
    : Date.parse(given) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}
