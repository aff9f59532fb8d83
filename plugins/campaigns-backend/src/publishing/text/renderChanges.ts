import { ChangeReport } from '@skein/plugin-campaigns-common';
import { code, codeInTable } from './markdown';

const MOST_FILES = 50;
const MOST_ROWS = 60;

type Edit = ChangeReport['edits'][number];

/** What changed: the files, and each kind of rewrite with how often it was made. */
export function renderChanges(report: ChangeReport): string {
  const edits = report.edits.filter(edit => edit.kind !== 'note');
  if (edits.length === 0) return '';
  const files = count(edits, edit => edit.file);
  const rewrites = count(edits, edit =>
    JSON.stringify([edit.kind, edit.oldText, edit.newText]),
  );
  const likely = edits.filter(edit => edit.confidence === 'likely').length;
  return [
    '## What changed',
    `${plural(edits.length, 'edit')} in ${plural(files.length, 'file')}:`,
    bounded(
      files.map(([file, number]) => `- ${code(file)} (${number})`),
      MOST_FILES,
      '- and {} more files',
    ),
    [
      '| What | Before | After | Times |',
      '| --- | --- | --- | ---: |',
      bounded(
        rewrites.map(([key, number]) => {
          const [kind, before, after] = JSON.parse(key);
          return `| ${kind} | ${codeInTable(before)} | ${codeInTable(
            after,
          )} | ${number} |`;
        }),
        MOST_ROWS,
        '| and {} more | | | |',
      ),
    ].join('\n'),
    ...(likely > 0
      ? [
          `${plural(
            likely,
            'edit',
          )} rest on an assumption about which table a name belongs to: please look at these first. ${fileList(
            edits.filter(edit => edit.confidence === 'likely'),
          )}`,
        ]
      : []),
  ].join('\n\n');
}

function fileList(edits: Edit[]): string {
  const places = edits
    .slice(0, 10)
    .map(edit => code(`${edit.file}:${edit.span.line}`));
  return `${places.join(', ')}${edits.length > 10 ? ', …' : ''}`;
}

function count<T>(items: T[], keyOf: (item: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) {
    counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** A bounded list; `more` says how many are left out. */
export function bounded(lines: string[], most: number, more: string): string {
  const shown = lines.slice(0, most);
  const left = lines.length - shown.length;
  return [...shown, ...(left ? [more.replace('{}', String(left))] : [])].join(
    '\n',
  );
}

/** `1 edit`, `2 edits`. */
export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
