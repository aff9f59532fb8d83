import { SpecProblem } from '@skein/plugin-campaigns-common';

/**
 * Lines with problems in the file that is shown; `shown` is empty for the
 * campaign file, which problems name by no file or by one that is no table.
 */
export function markedLines(
  problems: SpecProblem[],
  shown: string,
  named: string[],
): Map<number, SpecProblem['severity']> {
  const marked = new Map<number, SpecProblem['severity']>();
  for (const { file, line, severity } of problems) {
    const place = file !== undefined && named.includes(file) ? file : '';
    if (line === undefined || place !== shown) continue;
    if (marked.get(line) !== 'error') marked.set(line, severity);
  }
  return marked;
}
