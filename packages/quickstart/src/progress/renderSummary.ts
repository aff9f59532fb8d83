import { visibleText } from '@skein/plugin-campaigns-common';
import { Summary } from './summarize';

/** Names shown for a reason before "and N more". */
const NAMES_SHOWN = 3;

/** The whole picture as lines, none longer than the terminal is wide. */
export function renderSummary(
  summary: Summary,
  options: { portalUrl: string; columns: number },
): string[] {
  const lines = [
    `${summary.title} (${summary.state})`,
    `  Targets   ${scopeLine(summary.scope)}`,
    `  Now       ${stepsLine(summary.steps)}`,
  ];
  if (summary.needsPerson.length > 0) {
    const count = summary.needsPerson
      .map(it => it.targets.length)
      .reduce((a, b) => a + b, 0);
    lines.push(`  A person is needed for ${count}:`);
    for (const { why, targets } of summary.needsPerson) {
      lines.push(`    ${targets.length}  ${why} (${names(targets)})`);
    }
  }
  lines.push(`  Portal    ${options.portalUrl}`);
  return lines.map(it => cut(it, options.columns));
}

export function scopeLine(scope: Summary['scope']): string {
  if (scope.message && scope.inScope === 0) return scope.message;
  const found = [
    [scope.byBoth, 'by lineage and code search'],
    [scope.byLineageOnly, 'by lineage alone'],
    [scope.bySearchOnly, 'by code search alone'],
  ] as const;
  const how = found
    .filter(([count]) => count > 0)
    .map(([count, title]) => `${count} ${title}`);
  const out = scope.outOfScope ? `; ${scope.outOfScope} out of scope` : '';
  return `${scope.inScope} in ${scope.repositories} repositories (${how.join(
    ', ',
  )})${out}`;
}

export function stepsLine(steps: Summary['steps']): string {
  return steps.length === 0
    ? 'nothing yet'
    : steps.map(it => `${it.count} ${it.title}`).join(' · ');
}

function names(targets: string[]): string {
  const shown = targets.slice(0, NAMES_SHOWN).join(', ');
  const more = targets.length - NAMES_SHOWN;
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** Text from repositories and campaigns may hold anything: nothing that is not seen reaches the terminal. */
export function cut(line: string, columns: number): string {
  const clean = visibleText(line, ' ').replace(/\s/g, ' ');
  const characters = [...clean];
  return characters.length > columns
    ? `${characters.slice(0, columns - 1).join('')}…`
    : clean;
}
