import { CodeSearchQuery } from '@skein/plugin-campaigns-common';
import {
  CodeSearchMatch,
  RepositoryHead,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { repositoryKey } from '../scope/repositoryKey';
import { findLines } from './findLines';
import { Slots } from './Slots';

const REPOSITORIES_AT_ONCE = 4;
const MOST_LINES_PER_FILE = 100;

/** Reads files of repositories. */
export interface LineSource {
  head(repository: CodeSearchMatch['repository']): Promise<RepositoryHead>;
  readFiles: RepositorySource['readFiles'];
}

/**
 * Finds the lines of matches that come without, as those of GitHub do, by a
 * look at the files themselves. A file that was looked at and does not hold
 * what was searched for is none: the provider's index lags behind the code, or
 * takes words apart.
 *
 * @param signal - when it is aborted, the rest stays as it is
 */
export async function locateMatches(
  matches: CodeSearchMatch[],
  query: CodeSearchQuery,
  source: LineSource,
  signal: AbortSignal,
): Promise<CodeSearchMatch[]> {
  const placed = matches.filter(match => match.line !== undefined);
  const byRepository = new Map<string, CodeSearchMatch[]>();
  for (const match of matches) {
    if (match.line !== undefined) continue;
    const key = repositoryKey(match.repository);
    byRepository.set(key, [...(byRepository.get(key) ?? []), match]);
  }
  const slots = new Slots(REPOSITORIES_AT_ONCE);
  const located = await Promise.all(
    [...byRepository.values()].map(async group => {
      try {
        return await slots.run(signal, () =>
          Promise.race([readGroup(group, query, source), rejected(signal)]),
        );
      } catch {
        // What a provider says of a repository that cannot be read here still counts.
        return group;
      }
    }),
  );
  return [...placed, ...located.flat()];
}

async function readGroup(
  group: CodeSearchMatch[],
  query: CodeSearchQuery,
  source: LineSource,
): Promise<CodeSearchMatch[]> {
  const [{ repository }] = group;
  const paths = [...new Set(group.map(match => match.path))];
  const texts = await source.readFiles(await source.head(repository), paths);
  const located: CodeSearchMatch[] = [];
  for (const path of paths) {
    const text = texts.get(path);
    if (text === undefined) continue;
    const lines = await findLines(text, query, MOST_LINES_PER_FILE);
    located.push(...lines.map(line => ({ repository, path, ...line })));
  }
  return located;
}

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
