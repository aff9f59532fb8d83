import { CodeSearchMatch } from '@skein/plugin-campaigns-node';

/** The part of a search result that is read here. */
export interface CodeSearchItem {
  path: string;
  repository: { name: string; owner: { login: string } };
  text_matches?: Array<{
    property?: string;
    fragment?: string;
    matches?: Array<{ indices?: number[] }>;
  }>;
}

const TEXT_CHARACTERS = 300;
const MOST_PER_FILE = 20;

/** The matches of one file; GitHub gives fragments of text and no line numbers. */
export function toMatches(
  host: string,
  item: CodeSearchItem,
): CodeSearchMatch[] {
  const place = {
    repository: {
      host,
      owner: item.repository.owner.login,
      name: item.repository.name,
    },
    path: item.path,
  };
  const lines = new Map<string, Array<[number, number]>>();
  for (const { property, fragment = '', matches = [] } of item.text_matches ??
    []) {
    if (property !== undefined && property !== 'content') continue;
    for (const { indices } of matches) {
      const { text, range } = lineAt(fragment, indices);
      const ranges = lines.get(text);
      if (!ranges) lines.set(text, range ? [range] : []);
      else if (range && !ranges.some(each => each[0] === range[0])) {
        ranges.push(range);
      }
    }
  }
  if (lines.size === 0) return [place];
  return [...lines]
    .slice(0, MOST_PER_FILE)
    .map(([text, ranges]) => ({ ...place, text, ranges }));
}

/** The line of a fragment that a match stands on, and where on it. */
function lineAt(
  fragment: string,
  indices: number[] | undefined,
): { text: string; range?: [number, number] } {
  const from = indices?.[0] ?? 0;
  const start = fragment.lastIndexOf('\n', from - 1) + 1;
  const end = fragment.indexOf('\n', from);
  const line = fragment.slice(start, end < 0 ? undefined : end);
  const indent = line.length - line.trimStart().length;
  const text = line.trim().slice(0, TEXT_CHARACTERS);
  const range: [number, number] = [
    Math.max(0, from - start - indent),
    Math.min(text.length, (indices?.[1] ?? from) - start - indent),
  ];
  return range[0] < range[1] ? { text, range } : { text };
}
