import { TextLines } from './TextLines';
import { SearchHit } from './types';

/** Different texts that are looked for in one file: each takes a pass through it. */
const MOST_TEXTS_PER_FILE = 100;

interface LocatedFile {
  lines: TextLines;
  /** The line from which on a text may stand on one that no other hit has. */
  next: Map<string, number>;
}

/**
 * Gives each hit the line on which its text stands. Some sources, GitHub's
 * among them, tell the text of a match but not where in the file it is.
 *
 * Of several hits with the same text in a file each gets a line of its own, as
 * long as there are enough.
 *
 * @param texts - of files by path; hits in other files stay as they are
 */
export function locateHits(
  hits: SearchHit[],
  texts: ReadonlyMap<string, string>,
): SearchHit[] {
  const files = new Map<string, LocatedFile>();
  return hits.map(hit => {
    const content = texts.get(hit.path);
    if (content === undefined) return hit;
    const file = files.get(hit.path) ?? {
      lines: new TextLines(content),
      next: new Map(),
    };
    files.set(hit.path, file);
    const line = locate(hit, file);
    return line === undefined ? hit : { ...hit, line };
  });
}

function locate(
  hit: SearchHit,
  { lines, next }: LocatedFile,
): number | undefined {
  const text = hit.text.trim();
  if (text === '' || text.includes('\n')) return undefined;
  if (lines.line(hit.line)?.includes(text)) return undefined;
  const from = next.get(text);
  if (from === undefined && next.size >= MOST_TEXTS_PER_FILE) return undefined;
  const found = lines.find(text, from ?? 1);
  next.set(text, found === undefined ? Infinity : found + 1);
  return found;
}
