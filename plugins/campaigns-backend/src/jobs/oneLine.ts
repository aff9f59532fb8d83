import { visibleLine } from '@skein/plugin-campaigns-common';

/** Text from outside as one line for people, at most 500 characters: what no reader sees is gone. */
export function oneLine(text: string): string {
  return visibleLine(text, 500);
}
