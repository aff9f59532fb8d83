/** An address that a link may lead to; undefined for any that is not of the web, such as a script. */
export function safeAddress(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  try {
    const { href, protocol } = new URL(address);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}
