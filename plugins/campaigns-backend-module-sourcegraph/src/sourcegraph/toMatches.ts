import { CodeSearchMatch, cutLine } from '@skein/plugin-campaigns-node';
import { SearchServer } from '../SearchServer';
import { ContentMatch } from './events';

/** The lines of a file; none where its repository or path cannot be told. */
export function toMatches(
  match: ContentMatch,
  server: SearchServer,
): CodeSearchMatch[] {
  const repository = server.repositoryOf(match.repository);
  const path = match.path ?? match.name;
  if (!repository || !path) return [];
  return (match.lineMatches ?? []).map(
    ({ line, lineNumber, offsetAndLengths }) => {
      const bytesTo = byteOffsets(line);
      return {
        repository,
        path,
        line: lineNumber + 1,
        ...cutLine(
          Buffer.from(line),
          (offsetAndLengths ?? []).slice(0, 20).map(([offset, length]) => ({
            start: bytesTo(offset),
            end: bytesTo(offset + length),
          })),
        ),
      };
    },
  );
}

/** From offsets in characters, as Sourcegraph counts them, to offsets in bytes of UTF-8; in any order. */
function byteOffsets(line: string): (characters: number) => number {
  let known: number[] | undefined;
  return characters => {
    if (!known) {
      let bytes = 0;
      known = [0];
      for (const character of line) {
        bytes += Buffer.byteLength(character);
        known.push(bytes);
      }
    }
    return known[Math.min(Math.max(characters, 0), known.length - 1)];
  };
}
