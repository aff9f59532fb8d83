import { CodeSearchQuery } from '../spec/types';
import { RepositoryRef } from '../types';
import { codeLanguages } from './codeLanguages';
import { matchesRepository } from './matchesRepository';

/**
 * The file name extensions that a query is kept to, lower case, each once:
 * those that it names and those of its languages.
 *
 * @returns undefined where every file counts
 * @public
 */
export function searchExtensions(query: CodeSearchQuery): string[] | undefined {
  const extensions = [
    ...(query.extensions ?? []),
    ...(query.languages ?? []).flatMap(language => codeLanguages[language]),
  ].map(extension => extension.toLowerCase());
  return extensions.length > 0 ? [...new Set(extensions)].sort() : undefined;
}

/**
 * The folder or file that a query is kept to, without slashes at its ends;
 * empty for all.
 *
 * @public
 */
export function searchPath(query: CodeSearchQuery): string {
  let path = query.path ?? '';
  while (path.startsWith('/')) path = path.slice(1);
  while (path.endsWith('/')) path = path.slice(0, -1);
  return path;
}

/** The patterns of repositories that a query is kept to; empty for all. @public */
export function searchRepositories(query: CodeSearchQuery): string[] {
  const { repository = [] } = query;
  return typeof repository === 'string' ? [repository] : repository;
}

/** Whether a query looks into a repository. @public */
export function fitsQueryRepository(
  query: CodeSearchQuery,
  repository: RepositoryRef,
): boolean {
  const patterns = searchRepositories(query);
  return (
    patterns.length === 0 ||
    patterns.some(pattern => matchesRepository(pattern, repository))
  );
}

/**
 * Whether a query looks into a file. Providers differ in what their filters
 * mean: this is what counts for all of them.
 *
 * @public
 */
export function fitsQueryPath(query: CodeSearchQuery, path: string): boolean {
  const within = searchPath(query);
  if (within !== '' && path !== within && !path.startsWith(`${within}/`)) {
    return false;
  }
  const extensions = searchExtensions(query);
  if (!extensions) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot >= 0 && extensions.includes(name.slice(dot + 1).toLowerCase());
}
