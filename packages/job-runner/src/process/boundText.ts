import { cutText, lastPart } from './cutText';

/**
 * A text with at most about so many bytes: its start and its end, and between
 * them what was cut.
 */
export function boundText(text: string, maxBytes: number): string {
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return text;
  const head = Math.floor(maxBytes * 0.6);
  const tail = maxBytes - head;
  return `${cutText(text, head)}\n[… ${
    bytes - maxBytes
  } of ${bytes} bytes are cut here …]\n${lastPart(text, tail)}`;
}
