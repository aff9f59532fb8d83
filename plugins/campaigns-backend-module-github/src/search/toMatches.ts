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
  const texts = new Set<string>();
  for (const { property, fragment = '', matches = [] } of item.text_matches ??
    []) {
    if (property !== undefined && property !== 'content') continue;
    for (const { indices } of matches) {
      texts.add(lineAt(fragment, indices?.[0] ?? 0));
    }
  }
  if (texts.size === 0) return [place];
  return [...texts].slice(0, MOST_PER_FILE).map(text => ({ ...place, text }));
}

function lineAt(text: string, index: number): string {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index);
  return text
    .slice(start, end < 0 ? undefined : end)
    .trim()
    .slice(0, TEXT_CHARACTERS);
}
