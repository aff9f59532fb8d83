import { Readable } from 'stream';
import { ProtocolClient } from '../client/ProtocolClient';

/** What the SDK says beside its body, and the backend wants to know. */
const PASSED = ['content-type', 'anthropic-version', 'anthropic-beta'];

/**
 * Lets the SDK speak with the backend over the job protocol, be it a unix
 * socket. Unlike Node's own fetch it waits for an answer as long as it is
 * told: a call may stand in a queue for minutes before its first byte.
 */
export function protocolFetch(
  client: Pick<ProtocolClient, 'forward'>,
): typeof fetch {
  return async (input, init) => {
    const { pathname } = new URL(String(input));
    const given = new Headers(init?.headers);
    const headers = Object.fromEntries(
      PASSED.flatMap(name => {
        const value = given.get(name);
        return value === null ? [] : [[name, value]];
      }),
    );
    const answer = await client.forward(
      pathname,
      headers,
      Buffer.from(String(init?.body ?? '')),
      init?.signal ?? undefined,
    );
    return new Response(Readable.toWeb(answer) as ReadableStream, {
      status: answer.statusCode,
      headers: Object.entries(answer.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]],
      ),
    });
  };
}
