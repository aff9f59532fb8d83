const MOST_REDIRECTS = 5;

/**
 * Fetches from an address of the configuration. A redirect is followed within
 * the same scheme, host and port alone: what answers there was not chosen by who
 * wrote the configuration, and would be sent its headers, credentials among them.
 *
 * @throws Error where it leads elsewhere, or too often
 * @public
 */
export async function fetchWithinOrigin(
  url: string,
  init: Omit<RequestInit, 'redirect'> = {},
): Promise<Response> {
  const { origin } = new URL(url);
  let next = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await fetch(next, { ...init, redirect: 'manual' });
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || !location) {
      return response;
    }
    await response.body?.cancel();
    const target = new URL(location, next);
    if (target.origin !== origin) {
      throw new Error(
        `${url} redirects to ${target.origin}, which is not followed; configure the address that it leads to`,
      );
    }
    next = target.href;
  }
  throw new Error(`${url} redirects more than ${MOST_REDIRECTS} times`);
}
