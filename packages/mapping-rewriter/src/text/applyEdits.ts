import { InputError } from '@backstage/errors';
import { Edit } from '../types';

type TextEdit = Pick<Edit, 'span' | 'oldText' | 'newText'>;

/**
 * Applies edits to a text. The order of the list does not matter; bytes
 * outside the spans stay as they are.
 *
 * @param content - the text that the spans were made for
 * @throws InputError where a span lies outside the text, holds another text
 *   than the edit says, or overlaps another span
 * @public
 */
export function applyEdits(content: string, edits: TextEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort(
      (a, b) =>
        a.edit.span.start - b.edit.span.start ||
        a.edit.span.end - b.edit.span.end ||
        (a.edit.newText < b.edit.newText ? -1 : 1),
    );
  const pieces: string[] = [];
  let at = 0;
  for (const { edit } of ordered) {
    const { start, end } = edit.span;
    if (start < at || end < start || end > content.length) {
      throw new InputError(
        `Edit at ${start}-${end} overlaps another edit or lies outside the text of ${content.length} characters`,
      );
    }
    if (content.slice(start, end) !== edit.oldText) {
      throw new InputError(
        `Edit at ${start}-${end} expects '${
          edit.oldText
        }' but the text there is '${content.slice(
          start,
          end,
        )}'; make the edits again from this text`,
      );
    }
    pieces.push(content.slice(at, start), edit.newText);
    at = end;
  }
  pieces.push(content.slice(at));
  return pieces.join('');
}
