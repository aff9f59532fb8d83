/** Letters and digits that nobody can guess, from random bytes. @public */
export function createFence(random: Uint8Array): string {
  return Array.from(random, byte => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}

/**
 * Repository text between marks that it cannot hold itself: should it hold the
 * fence, which it cannot know, the fence is taken out of it.
 *
 * @public
 */
export function fenceText(text: string, fence: string): string {
  const inside = text.replaceAll(fence, '[removed]');
  const end = inside.endsWith('\n') || inside === '' ? '' : '\n';
  return `<repository-data-${fence}>\n${inside}${end}</repository-data-${fence}>`;
}

/** A text on one line: no line end or control character of it starts a line of the prompt. @public */
export function inLine(text: string, maxLength = 500): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}
