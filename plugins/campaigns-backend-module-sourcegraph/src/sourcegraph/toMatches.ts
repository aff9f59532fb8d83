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
      const characters = [...line];
      const bytesTo = (count: number) =>
        Buffer.byteLength(characters.slice(0, count).join(''));
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
