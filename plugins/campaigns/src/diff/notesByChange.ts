import type { ChangeData, FileData } from 'react-diff-view';
import { getChangeKey } from 'react-diff-view';
import { ChangeReport } from '@skein/plugin-campaigns-common';
import { pathInRepository } from './pathInRepository';

export type Refusal = ChangeReport['refusals'][number];

export interface NotesOfFile {
  /** Keys of the diff's lines that are notes for a person. */
  noteLines: ReadonlySet<string>;
  /** What to show beneath a line, by its key: at the last line of a note. */
  refusals: ReadonlyMap<string, Refusal[]>;
}

/**
 * Finds the notes that a change left in a file. A note is a comment that was
 * inserted; the report says its text, so its lines are looked for among the
 * inserted ones, each note once and in order.
 */
export function notesByChange(
  file: Pick<FileData, 'hunks' | 'newPath'>,
  targetPath: string,
  refusals: Refusal[],
): NotesOfFile {
  const inserted = file.hunks
    .flatMap(({ changes }) => changes)
    .filter(({ type }) => type === 'insert');
  const noteLines = new Set<string>();
  const found = new Map<string, Refusal[]>();

  for (const refusal of refusals) {
    if (pathInRepository(targetPath, refusal.file) !== file.newPath) continue;
    const lines = linesOf(refusal.note);
    if (lines.length === 0) continue;
    const start = findLines(inserted, lines, noteLines);
    if (start === undefined) continue;
    const keys = inserted.slice(start, start + lines.length).map(getChangeKey);
    for (const key of keys) noteLines.add(key);
    const last = keys[keys.length - 1];
    found.set(last, [...(found.get(last) ?? []), refusal]);
  }
  return { noteLines, refusals: found };
}

function findLines(
  inserted: ChangeData[],
  lines: string[],
  taken: ReadonlySet<string>,
): number | undefined {
  for (let start = 0; start + lines.length <= inserted.length; start++) {
    const matches = lines.every((line, index) => {
      const change = inserted[start + index];
      return change.content.trim() === line && !taken.has(getChangeKey(change));
    });
    if (matches) return start;
  }
  return undefined;
}

function linesOf(note: string | undefined): string[] {
  return (note ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}
