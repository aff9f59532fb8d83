import { CodeSearchQuery } from '@skein/plugin-campaigns-common';

/**
 * A query in the words of GitHub's REST code search.
 *
 * @param scope - for example `org:acme`
 * @see https://docs.github.com/en/search-github/searching-on-github/searching-code
 */
export function codeSearchText(query: CodeSearchQuery, scope: string): string {
  // A quote would end the literal; GitHub's index drops such characters anyway.
  const literal = query.query.replace(/["\\\s]+/g, ' ').trim();
  return [
    `"${literal}"`,
    'in:file',
    scope,
    ...(query.extensions ?? []).map(
      extension => `extension:${word(extension)}`,
    ),
    ...(query.path ? [`path:${word(query.path.replace(/^\/+/, ''))}`] : []),
  ].join(' ');
}

/** The scope of one owner, or of one repository where the query names it. */
export function searchScope(
  owner: string,
  repository: string | undefined,
): string {
  return repository ? `repo:${word(repository)}` : `user:${word(owner)}`;
}

function word(text: string): string {
  return text.replace(/[^A-Za-z0-9_./-]/g, '');
}
