import { createRedact } from '@skein/job-runner';
import { visibleText } from '@skein/plugin-campaigns-common';

/** Of one comment or remark. */
export const MOST_FEEDBACK_CHARACTERS = 4_000;

/** Looked at for secrets, so that none is cut in two first. */
const MOST_READ_CHARACTERS = 16_000;

const redact = createRedact();

/**
 * What somebody wrote, as it is kept: without secrets, without characters that
 * no reader sees, and not longer than people read. Line ends and tabs stay.
 */
export function foreignText(text: string): string {
  const kept = redact(visibleText(text.slice(0, MOST_READ_CHARACTERS))).trim();
  return kept.length > MOST_FEEDBACK_CHARACTERS
    ? `${cut(kept, MOST_FEEDBACK_CHARACTERS - 1).trimEnd()}…`
    : kept;
}

/** The same on one line. */
export function foreignLine(text: string): string {
  return foreignText(text.slice(0, MOST_READ_CHARACTERS).replace(/\s+/gu, ' '));
}

/** Without half of a character at its end. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Cs}$/u, '');
}
