import { Analysis } from './Analysis';
import { localNames, localRenames } from './localRenames';
import { Region } from './Region';
import { WordRename } from './wordRenames';

/** Gives aliases and WITH names that are like the old table's name its new name, where asked. */
export function analyzeLocalNames(analysis: Analysis, region: Region): void {
  const renames = localRenames(analysis, region);
  if (renames.size === 0) {
    return;
  }
  const follow = (start: number, end: number, rename: WordRename) =>
    analysis.edit(region, {
      start,
      end,
      ...rename,
      reason: 'the name inside the query follows the table',
      confidence: 'likely',
    });
  const names = localNames(region);
  const { tokens } = region;
  tokens.forEach((token, i) => {
    const rename =
      token.kind === 'word' ? renames.get(token.text.toLowerCase()) : undefined;
    const qualifies =
      tokens[i + 1]?.text === '.' && tokens[i - 1]?.text !== '.';
    if (rename && (names.has(token.start) || qualifies)) {
      follow(token.start, token.end, rename);
    }
  });
  // `surrogate_key(['users.id'])`: a qualifier in a string
  for (const { code } of region.jinja) {
    for (const { value, start } of code.strings) {
      const [, name] = /^(\w+)\.\w+$/.exec(value) ?? [];
      const rename = name && renames.get(name.toLowerCase());
      if (rename) {
        follow(start, start + name.length, rename);
      }
    }
  }
}
