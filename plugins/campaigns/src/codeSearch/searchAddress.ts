import {
  CodeLanguage,
  codeLanguageNames,
  CodeSearchRequest,
  searchRepositories,
} from '@skein/plugin-campaigns-common';

/** A search as the form has it. */
export interface SearchFields {
  query: string;
  regex: boolean;
  /** Names of languages, and extensions with their dot. */
  kinds: string[];
  path: string;
  repositories: string[];
  /** Ids; empty for all. */
  providers: string[];
}

export const noSearch: SearchFields = {
  query: '',
  regex: false,
  kinds: [],
  path: '',
  repositories: [],
  providers: [],
};

/** Shorter ones find nearly everything, and the backend refuses them. */
export const shortestQuery = 2;

/** Reads a search from the address of the page. */
export function readSearch(parameters: URLSearchParams): SearchFields {
  return {
    query: parameters.get('query') ?? '',
    regex: parameters.get('regex') === 'true',
    kinds: parameters.getAll('kind').flatMap(kind => toKind(kind) ?? []),
    path: parameters.get('path') ?? '',
    repositories: parameters.getAll('repository'),
    providers: parameters.getAll('provider'),
  };
}

/** The address of a search, so that it can be sent to somebody. */
export function writeSearch(fields: SearchFields): URLSearchParams {
  const parameters = new URLSearchParams();
  if (fields.query) parameters.set('query', fields.query);
  if (fields.regex) parameters.set('regex', 'true');
  fields.kinds.forEach(kind => parameters.append('kind', kind));
  if (fields.path) parameters.set('path', fields.path);
  fields.repositories.forEach(each => parameters.append('repository', each));
  fields.providers.forEach(each => parameters.append('provider', each));
  return parameters;
}

/**
 * What a person types for a kind of file: the name of a language, or an
 * extension with its dot or without.
 *
 * @returns undefined where it can be neither
 */
export function toKind(typed: string): string | undefined {
  const text = typed.trim().toLowerCase();
  if (isLanguage(text)) return text;
  const extension = text.replace(/^\*?\./, '');
  return /^[a-z0-9_+-]{1,30}$/.test(extension) ? `.${extension}` : undefined;
}

/** What the backend is asked; undefined where there is nothing to ask. */
export function toRequest(fields: SearchFields): CodeSearchRequest | undefined {
  const query = fields.query.trim();
  if (query.length < shortestQuery) return undefined;
  const languages = fields.kinds.filter(isLanguage);
  const extensions = fields.kinds
    .filter(kind => kind.startsWith('.'))
    .map(kind => kind.slice(1));
  const [repository, ...others] = fields.repositories;
  const path = fields.path.trim();
  return {
    query: {
      query,
      ...(fields.regex && { regex: true }),
      ...(languages.length > 0 && { languages }),
      ...(extensions.length > 0 && { extensions }),
      ...(path && { path }),
      ...(repository && {
        repository: others.length > 0 ? fields.repositories : repository,
      }),
    },
    ...(fields.providers.length > 0 && { providers: fields.providers }),
  };
}

/** The form of a query that a campaign holds. */
export function toFields({ query }: CodeSearchRequest): SearchFields {
  return {
    query: query.query,
    regex: query.regex ?? false,
    kinds: [
      ...(query.languages ?? []),
      ...(query.extensions ?? []).map(extension => `.${extension}`),
    ],
    path: query.path ?? '',
    repositories: searchRepositories(query),
    providers: [],
  };
}

function isLanguage(kind: string): kind is CodeLanguage {
  return codeLanguageNames.includes(kind as CodeLanguage);
}
