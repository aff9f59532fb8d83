import { SearchHit } from './types';

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
  const taken = new Map<string, number>();
  return hits.map(hit => {
    const lines = texts.get(hit.path)?.split('\n') ?? [];
    const text = hit.text.trim();
    if (text === '' || lines[hit.line - 1]?.includes(text)) return hit;
    const key = JSON.stringify([hit.path, text]);
    const index = lines.findIndex(
      (line, at) => at >= (taken.get(key) ?? 0) && line.includes(text),
    );
    if (index < 0) return hit;
    taken.set(key, index + 1);
    return { ...hit, line: index + 1 };
  });
}
