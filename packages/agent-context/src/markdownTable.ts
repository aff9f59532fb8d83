import { inLine } from './fenceText';

/**
 * A Markdown table; nothing in a cell ends it, starts another, or is read as
 * markup.
 *
 * @public
 */
export function markdownTable(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(header),
    line(header.map(() => '---')),
    ...rows.map(row => line(row.map(cell))),
  ].join('\n');
}

function cell(text: string): string {
  const inside = inLine(text);
  if (inside === '') return '';
  // Code is shown as it is but for the bar, which tables take from code too.
  return inside
    .replace(/\\/g, '\\\\')
    .replace(/\|/g, '\\|')
    .replace(/[<>`]/g, character => `\\${character}`);
}
