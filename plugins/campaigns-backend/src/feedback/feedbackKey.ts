import { createHash } from 'crypto';
import { FeedbackSource } from '@skein/plugin-campaigns-common';

/**
 * What feedback in the same words has in common, whoever says it of whichever
 * place: case, numbers, punctuation and space make no difference.
 *
 * @returns SHA-256, hexadecimal
 */
export function feedbackKey(source: FeedbackSource, text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  const words = plain.match(/[\p{L}\p{M}]+/gu)?.join(' ');
  return createHash('sha256')
    .update(JSON.stringify([source, words ?? plain.trim()]))
    .digest('hex');
}
