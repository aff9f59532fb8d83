import {
  CodeSearchQuery,
  searchExtensions,
  searchPath,
} from '@skein/plugin-campaigns-common';

/**
 * A query in the words of GitHub's REST code search.
 *
 * @param scope - for example `user:acme`
 * @see https://docs.github.com/en/search-github/searching-on-github/searching-code
 */
export function codeSearchText(query: CodeSearchQuery, scope: string): string {
  // A quote would end the literal; GitHub's index drops such characters anyway.
  const literal = query.query.replace(/["\\\s]+/g, ' ').trim();
  const path = searchPath(query);
  return [
    `"${literal}"`,
    'in:file',
    scope,
    ...(searchExtensions(query) ?? []).map(
      extension => `extension:${word(extension)}`,
    ),
    ...(path ? [`path:${word(path)}`] : []),
  ].join(' ');
}

/**
 * The scope of one owner: all of its repositories, or those that the query
 * names. A pattern names none; what it leaves out is dropped afterwards.
 *
 * @param named - patterns of `owner/name`, with the host or without it
 */
export function searchScope(owner: string, named: string[]): string {
  const names = named.map(pattern => pattern.split('/').slice(-2).join('/'));
  return names.length === 0 || names.some(name => name.includes('*'))
    ? `user:${word(owner)}`
    : names
        .filter(name =>
          name.toLowerCase().startsWith(`${owner}/`.toLowerCase()),
        )
        .map(name => `repo:${word(name)}`)
        .join(' ');
}

function word(text: string): string {
  return text.replace(/[^A-Za-z0-9_./-]/g, '');
}
