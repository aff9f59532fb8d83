import { commentSyntax, noteText, NOTE_MARK } from '../notes/noteText';
import { LineIndex } from '../text/LineIndex';
import { Edit, Refusal, SourceFile } from '../types';
import { Culprit } from './Findings';
import { Session } from './Session';

/** Gives each refusal its note, and makes one edit for each table reference that stays. */
export function placeNotes(
  session: Session,
  file: SourceFile,
  lines: LineIndex,
  refusals: Refusal[],
  culprits: Culprit[],
): Edit[] {
  const syntax = commentSyntax(file.path);
  if (!syntax || session.options.leaveNotes === false) {
    return [];
  }
  const notes = new Map<string, Edit>();
  const texts = refusals.length > 0 ? longTexts(session, file) : [];
  for (const refusal of refusals) {
    const culprit = culprits.find(
      c => c.code === refusal.code && c.reason === refusal.reason,
    );
    const table = culprit?.tables[0];
    const binding = table && session.bindingOf(table);
    const dataset =
      binding?.old?.mapping.table.from ??
      refusal.cause?.split(':')[0] ??
      refusal.text;
    refusal.note = noteText(refusal, dataset, syntax, session.options.guideUrl);
    const here =
      table && binding?.file === file.path ? table.start : refusal.span.start;
    const anchor = anchorOf(session, file.path, here);
    const at = noteLine(texts, file, lines, anchor);
    if (at === undefined) {
      continue;
    }
    const key = `${at}:${dataset}`;
    if (notes.has(key) || alreadyNoted(file.content, at, dataset)) {
      continue;
    }
    const indent = /^[ \t]*/.exec(file.content.slice(at, anchor))![0];
    const eol = file.content.includes('\r\n') ? '\r\n' : '\n';
    notes.set(key, {
      file: file.path,
      span: lines.span(at, at),
      oldText: '',
      newText: `${indent}${refusal.note}${eol}`,
      kind: 'note',
      cause: refusal.cause ?? dataset,
      reason: refusal.reason,
      confidence: 'certain',
    });
  }
  return [...notes.values()];
}

/** What goes over several lines and in which a comment would be part of a text. */
function longTexts(
  session: Session,
  file: SourceFile,
): { start: number; end: number }[] {
  const isLong = ({ start, end }: { start: number; end: number }) =>
    file.content.slice(start, end).includes('\n');
  return session
    .regionsOf(file.path)
    .flatMap(region => [
      ...region.literals,
      ...(region.whole ? [...region.comments, ...region.tokens] : []),
    ])
    .filter(isLong);
}

/** Start of the line above which a note may stand; undefined where that is inside a text. */
function noteLine(
  texts: { start: number; end: number }[],
  file: SourceFile,
  lines: LineIndex,
  anchor: number,
): number | undefined {
  let at = lines.lineStart(anchor);
  // a comment must not cut a command that goes on in the next line
  while (at > 0 && /\\\r?$/.test(file.content.slice(0, at - 1).slice(-2))) {
    at = lines.lineStart(at - 1);
  }
  const hidden = texts.some(({ start, end }) => start < at && at < end);
  return hidden ? undefined : at;
}

/** Inside a string of another language a note stands above the string, where it is sure to be a comment. */
function anchorOf(session: Session, path: string, offset: number): number {
  const region = session
    .regionsOf(path)
    .find(r => r.host && r.start <= offset && offset <= r.end);
  return region?.host?.anchor ?? offset;
}

/** Whether the comment lines above already hold our note for this dataset. */
function alreadyNoted(
  content: string,
  lineStart: number,
  dataset: string,
): boolean {
  const above = content
    .slice(Math.max(0, lineStart - 4000), lineStart)
    .split('\n')
    .slice(0, -1);
  while (above.length > 0 && above[above.length - 1].includes(NOTE_MARK)) {
    if (above[above.length - 1].includes(dataset)) {
      return true;
    }
    above.pop();
  }
  return false;
}
