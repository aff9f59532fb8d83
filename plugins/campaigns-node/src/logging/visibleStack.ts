import { visibleLine, visibleText } from '@skein/plugin-campaigns-common';

const MOST_FRAMES = 50;

/**
 * The stack of an error with a message that may be shown: of the words that it
 * was made with, which may look like other lines of a log, nothing is left.
 *
 * @public
 */
export function visibleStack(error: Error, message: string): string {
  const frames = String(error.stack ?? '')
    .split('\n')
    .filter(line => /^ {4}at /.test(line))
    .slice(0, MOST_FRAMES)
    .map(line => visibleText(line.slice(0, 500)));
  return [`${visibleLine(String(error.name))}: ${message}`, ...frames].join(
    '\n',
  );
}
