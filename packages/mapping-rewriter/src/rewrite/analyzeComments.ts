import { isNote } from '../notes/noteText';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { isHistory } from './tellsHistory';
import {
  columnRenames,
  movedIn,
  tableRenames,
  WordRename,
} from './wordRenames';

/** Renames what comments of SQL say of the tables that it reads, where asked. */
export function analyzeComments(analysis: Analysis, region: Region): void {
  if (
    analysis.session.options.comments !== 'rename' ||
    region.comments.length === 0
  ) {
    return;
  }
  const renames = new Map<string, WordRename>();
  for (const mapping of movedIn(analysis, region)) {
    for (const [name, rename] of [
      ...tableRenames(mapping),
      ...columnRenames(mapping),
    ]) {
      renames.set(name.toLowerCase(), rename);
    }
  }
  if (renames.size === 0) {
    return;
  }
  const code = region.jinja.filter(part => part.kind === 'comment');
  for (const comment of region.comments) {
    for (const match of comment.text.matchAll(/[A-Za-z_][\w-]*/g)) {
      const rename = renames.get(match[0].toLowerCase());
      const start = comment.start + match.index!;
      const end = start + match[0].length;
      if (
        rename &&
        !isNote(region.content, start) &&
        !isHistory(region.content, start) &&
        !code.some(part => part.start <= start && end <= part.end)
      ) {
        analysis.edit(region, {
          start,
          end,
          ...rename,
          reason: 'names in comments follow',
          confidence: 'likely',
        });
      }
    }
  }
}
