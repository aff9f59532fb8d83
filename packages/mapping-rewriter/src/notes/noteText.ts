import { Refusal } from '../types';

/** How a file writes a comment of one line. */
export interface CommentSyntax {
  open: string;
  close: string;
}

const SYNTAX: [RegExp, CommentSyntax][] = [
  [/\.(sql|hql|ddl|bq|bqsql|sqlx)$/i, { open: '-- ', close: '' }],
  [
    /\.(ya?ml|py|toml|sh|bash|zsh|rb|r|tf|hcl|conf|cfg|ini|properties|env|lkml|lookml)$/i,
    { open: '# ', close: '' },
  ],
  [
    /\.(scala|java|kt|kts|js|ts|go|groovy|gradle|sbt|c|cc|cpp|rs|swift|proto|php)$/i,
    { open: '// ', close: '' },
  ],
  [/\.(md|html?|xml)$/i, { open: '<!-- ', close: ' -->' }],
];

/** The comment syntax of a file; undefined where it has none. */
export function commentSyntax(path: string): CommentSyntax | undefined {
  return SYNTAX.find(([pattern]) => pattern.test(path))?.[1];
}

/** Marks notes of ours, so that a second run does not leave another. */
export const NOTE_MARK = 'skein:';

/** Whether the line at an offset is a note of ours, which speaks of old names on purpose. */
export function isNote(content: string, offset: number): boolean {
  const start = content.lastIndexOf('\n', offset - 1) + 1;
  const end = content.indexOf('\n', offset);
  return content
    .slice(start, end < 0 ? content.length : end)
    .includes(`${NOTE_MARK} still reads `);
}

const oneLine = (text: string) =>
  text
    .replace(/[\r\n]+/g, ' ')
    // nothing in a note may end its comment or open Jinja
    .replace(/\*\/|-->|\{\{|\}\}|\{%|%\}|\{#|#\}/g, ' ')
    .trim();

/** The note that a refusal leaves in the code, as one line without its end. */
export function noteText(
  refusal: Pick<Refusal, 'reason'>,
  dataset: string,
  syntax: CommentSyntax,
  guideUrl?: string,
): string {
  const guide = guideUrl ? ` Guide: ${guideUrl}` : '';
  return `${syntax.open}${NOTE_MARK} still reads ${oneLine(dataset)}: ${oneLine(
    refusal.reason,
  ).replace(/\.$/, '')}.${oneLine(guide) ? ` ${oneLine(guide)}` : ''}${
    syntax.close
  }`;
}
