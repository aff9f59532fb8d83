import { RepositoryRef } from '../types';

/**
 * Whether a repository is meant by `owner/name` or `host/owner/name`, where `*`
 * stands for any part of a name between two slashes.
 *
 * @public
 */
export function matchesRepository(
  pattern: string,
  repository: RepositoryRef,
): boolean {
  const parts = pattern.toLowerCase().split('/');
  const names = [repository.host, repository.owner, repository.name];
  if (parts.length < 2 || parts.length > 3) return false;
  return parts.every((part, index) =>
    matchesPart(part, names[index + 3 - parts.length].toLowerCase()),
  );
}

/** Linear in both, however many stars a pattern has. */
function matchesPart(pattern: string, text: string): boolean {
  const pieces = pattern.split('*');
  if (pieces.length === 1) return pattern === text;
  const first = pieces.shift()!;
  const last = pieces.pop()!;
  if (
    text.length < first.length + last.length ||
    !text.startsWith(first) ||
    !text.endsWith(last)
  ) {
    return false;
  }
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}
