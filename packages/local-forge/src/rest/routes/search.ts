import { accessTo } from '../../domain/access';
import { ApiError, validationFailed } from '../../domain/ApiError';
import { CodeQuery, matchesPath, parseCodeQuery } from '../../domain/codeQuery';
import { grepFiles } from '../../git/grep';
import { memoize } from '../../git/memoize';
import { RepositoryRow } from '../../store/rows';
import { encodePath } from '../../views/commits';
import {
  fullName,
  presentRepository,
  presentRepositoryLink,
  repositoryApi,
  repositoryPage,
} from '../../views/repositories';
import { linkHeader, pageOf, slice } from '../paginate';
import { ApiRequest, Routes } from '../Routes';

/** GitHub gives no more than this many results of a search. */
const resultLimit = 1000;
/** GitHub does not index files above this size. */
const fileLimit = 384 * 1024;
const concurrency = 4;

interface Found {
  repository: RepositoryRow;
  commit: string;
  path: string;
}

// A commit never changes, so neither do the files in it that match.
const grep = memoize(
  (directory, commit, terms) =>
    grepFiles(directory, commit, JSON.parse(terms) as string[]),
  5_000,
);

export function searchRoutes(routes: Routes): void {
  routes.on('GET', '/search/code', searchCode, 'code_search');
  routes.on(
    'GET',
    '/search/repositories',
    request => {
      const { forge, actor } = request;
      const query = parseCodeQuery(request.query('q') ?? '');
      const found = forge.store.repositories
        .find()
        .filter(row => inScope(request, query, row))
        .filter(row =>
          query.terms.every(term =>
            `${row.name} ${row.description ?? ''}`
              .toLowerCase()
              .includes(term.toLowerCase()),
          ),
        );
      return {
        json: {
          total_count: found.length,
          incomplete_results: false,
          items: slice(request, found).map(row => ({
            ...presentRepository(forge, row, actor),
            score: 1,
          })),
        },
        headers: linkHeader(request, found.length),
      };
    },
    'search',
  );
}

function inScope(
  request: ApiRequest,
  query: CodeQuery,
  repository: RepositoryRow,
): boolean {
  const name = fullName(request.forge, repository).toLowerCase();
  const named = query.repositories.length + query.owners.length > 0;
  return (
    accessTo(request.forge.store, request.actor, repository) !== 'none' &&
    (!named ||
      query.repositories.includes(name) ||
      query.owners.includes(name.split('/')[0]))
  );
}

async function searchCode(request: ApiRequest) {
  const { forge, actor } = request;
  const text = request.query('q') ?? '';
  if (actor.kind === 'anonymous') {
    throw new ApiError(401, 'Requires authentication');
  }
  const query = parseCodeQuery(text);
  if (text.length > 256 || query.terms.length === 0) {
    throw validationFailed({
      resource: 'Search',
      field: 'q',
      code: text ? 'invalid' : 'missing',
      message:
        text.length > 256
          ? 'The search is longer than 256 characters.'
          : 'ERROR_TYPE_QUERY_PARSING_FATAL unable to parse query!',
    });
  }
  const repositories = forge.store.repositories
    .find()
    .filter(row => inScope(request, query, row) && !row.archived);
  if (repositories.length === 0 && query.repositories.length > 0) {
    throw validationFailed({
      resource: 'Search',
      field: 'q',
      code: 'invalid',
      message:
        'The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.',
    });
  }
  const found = await findFiles(request, query, repositories);
  const { page, size } = pageOf(request);
  if ((page - 1) * size >= resultLimit) {
    throw new ApiError(422, 'Only the first 1000 search results are available');
  }
  const reachable = found.slice(0, resultLimit);
  const items = await Promise.all(
    slice(request, reachable).map(hit => presentHit(request, hit, query.terms)),
  );
  return {
    json: {
      total_count: found.length,
      incomplete_results: false,
      items: items.filter(item => item !== undefined),
    },
    headers: linkHeader(request, reachable.length),
  };
}

/** Searches repositories a few at a time and keeps their order. */
async function findFiles(
  request: ApiRequest,
  query: CodeQuery,
  repositories: RepositoryRow[],
): Promise<Found[]> {
  const { forge } = request;
  const found: Found[][] = repositories.map(() => []);
  let next = 0;
  const work = async () => {
    while (next < repositories.length) {
      const position = next++;
      const repository = repositories[position];
      const commit = forge.branch(repository, repository.defaultBranch);
      if (commit) {
        const paths = await grep(
          forge.repositories.path(repository.id),
          commit,
          JSON.stringify(query.terms),
        );
        found[position] = paths
          .filter(path => matchesPath(query, path))
          .map(path => ({ repository, commit, path }));
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return found.flat();
}

async function presentHit(
  request: ApiRequest,
  { repository, commit, path }: Found,
  terms: string[],
) {
  const { forge } = request;
  const git = forge.git(repository);
  const entry = await git.entry(commit, path);
  const blob = entry && (await git.object(entry.sha, 'blob'));
  if (!entry || !blob || blob.content.length > fileLimit) {
    return undefined;
  }
  const encoded = encodePath(path);
  const url = repositoryApi(
    forge,
    repository,
    `/contents/${encoded}?ref=${commit}`,
  );
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha: entry.sha,
    url,
    git_url: repositoryApi(forge, repository, `/git/blobs/${entry.sha}`),
    html_url: repositoryPage(forge, repository, `/blob/${commit}/${encoded}`),
    repository: presentRepositoryLink(forge, repository),
    score: 1,
    ...(request.accepts('text-match') && {
      text_matches: textMatches(blob.content.toString(), terms).map(match => ({
        object_url: url,
        object_type: 'FileContent',
        property: 'content',
        ...match,
      })),
    }),
  };
}

/** At most two fragments of a file around what was found, as GitHub gives. */
export function textMatches(text: string, terms: string[]) {
  const lower = text.toLowerCase();
  const found: Array<{
    fragment: string;
    matches: Array<{ text: string; indices: [number, number] }>;
  }> = [];
  let from = 0;
  while (found.length < 2) {
    const at = firstHit(lower, terms, from);
    if (at === undefined) {
      break;
    }
    const start = text.lastIndexOf('\n', Math.max(0, at - 80)) + 1;
    const stop = text.indexOf('\n', Math.min(text.length, at + 120));
    const end = stop < 0 ? text.length : stop;
    const fragment = text.slice(Math.max(start, at - 200), end);
    found.push({ fragment, matches: matchesIn(fragment, terms) });
    from = end;
  }
  return found;
}

function firstHit(
  lower: string,
  terms: string[],
  from: number,
): number | undefined {
  const hits = terms
    .map(term => lower.indexOf(term.toLowerCase(), from))
    .filter(at => at >= 0);
  return hits.length > 0 ? Math.min(...hits) : undefined;
}

function matchesIn(fragment: string, terms: string[]) {
  const lower = fragment.toLowerCase();
  const matches: Array<{ text: string; indices: [number, number] }> = [];
  for (const term of terms) {
    const wanted = term.toLowerCase();
    for (
      let at = lower.indexOf(wanted);
      at >= 0 && matches.length < 50;
      at = lower.indexOf(wanted, at + wanted.length)
    ) {
      matches.push({
        text: fragment.slice(at, at + wanted.length),
        indices: [at, at + wanted.length],
      });
    }
  }
  return matches;
}
