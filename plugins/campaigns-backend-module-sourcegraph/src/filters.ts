import {
  CodeSearchQuery,
  RepositoryRef,
  searchExtensions,
  searchPath,
  searchRepositories,
} from '@skein/plugin-campaigns-common';
import { ownersOf, SearchServer } from './SearchServer';

/** With more the query would be longer than what it saves. */
const MOST_OWNERS = 50;

/** What a query says beside its words, as regular expressions of RE2 that must all hold. */
export interface Filters {
  /** What is looked for in lines. */
  content: string;
  files: string[];
  /** Undefined for all repositories. */
  repositories?: string;
}

/** The regular expressions that stand for a query on a server. */
export function filtersOf(
  query: CodeSearchQuery,
  known: RepositoryRef[],
  server: SearchServer,
): Filters {
  const path = searchPath(query);
  const extensions = searchExtensions(query);
  return {
    content: query.regex ? query.query : quotePattern(query.query),
    files: [
      ...(path ? [`^${quotePattern(path)}(?:/|$)`] : []),
      ...(extensions
        ? [`(?i)\\.(?:${extensions.map(quotePattern).join('|')})$`]
        : []),
    ],
    repositories: repositoriesOf(query, known, server),
  };
}

function repositoriesOf(
  query: CodeSearchQuery,
  known: RepositoryRef[],
  server: SearchServer,
): string | undefined {
  const patterns = searchRepositories(query);
  if (patterns.length > 0) {
    return anyOf(patterns.map(pattern => repositoryPattern(pattern, server)));
  }
  const owners = ownersOf(known);
  if (owners.length === 0 || owners.length > MOST_OWNERS) return undefined;
  return anyOf(
    owners.map(each => {
      const [host, owner] = each.split('/');
      return `^${quotePattern(server.nameOf(host, owner))}/`;
    }),
  );
}

/** `*` matches within a part, as in `matchesRepository`. */
function repositoryPattern(pattern: string, server: SearchServer): string {
  const [host, ...rest] =
    pattern.split('/').length === 3
      ? pattern.split('/')
      : [undefined, ...pattern.split('/')];
  const parts = (text: string) =>
    text.split('*').map(quotePattern).join('[^/]*');
  const name = rest.join('/');
  return host === undefined
    ? `(?:^|/)${parts(name)}$`
    : `^${parts(server.nameOf(host, name))}$`;
}

function anyOf(patterns: string[]): string {
  return `(?i)(?:${patterns.join('|')})`;
}

/** A text as a pattern that finds it alone. */
export function quotePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** A value in the double quotes of a query: within them a backslash takes the next character as it is. */
export function quoteValue(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
