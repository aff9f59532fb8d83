import { createRedact } from '@skein/job-runner';
import { visibleLine, visibleText } from '@skein/plugin-campaigns-common';

const redact = createRedact();

/**
 * Text from outside as one line for people: what no reader sees is gone, and so
 * is what has the form of a secret.
 *
 * @param length - characters at most
 */
export function oneLine(text: string, length = 500): string {
  // Secrets are known by their lines, so they go first; of a megabyte no more
  // is looked at than can be shown.
  const looked = visibleText(text.slice(0, 4 * length + 4_000));
  return visibleLine(redact(looked), length);
}
