import {
  CodeSearchFile,
  CodeSearchOwner,
  CodeSearchReport,
  CodeSearchRepository,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  CatalogRepository,
  CodeSearchMatch,
} from '@skein/plugin-campaigns-node';
import { ownershipOf } from '../scope/ownershipOf';
import { repositoryKey } from '../scope/repositoryKey';

/** What is given of a search; the counts are of all that was found. */
export interface SummaryLimits {
  repositories: number;
  filesPerRepository: number;
  linesPerFile: number;
}

export const defaultSummaryLimits: SummaryLimits = {
  repositories: 200,
  filesPerRepository: 20,
  linesPerFile: 10,
};

type Summary = Pick<CodeSearchReport, 'totals' | 'owners' | 'repositories'>;

interface FoundFile {
  path: string;
  ownerRef?: string;
  /** By line, or by text where the line is not known. */
  lines: Map<string, CodeSearchFile['matches'][number]>;
}

interface FoundRepository {
  repository: RepositoryRef;
  files: Map<string, FoundFile>;
}

/**
 * Joins what providers found into repositories, files and lines, each once, and
 * counts them by owner.
 *
 * @param catalog - tells owners, by the folder of a component where it has one
 */
export function summarizeMatches(
  answers: Array<{ provider: string; matches: CodeSearchMatch[] }>,
  catalog: CatalogRepository[],
  limits: SummaryLimits = defaultSummaryLimits,
): Summary {
  const repositories = [...joinMatches(answers, catalog).values()];
  const listed = repositories
    .map(each => toRepository(each, limits))
    .sort((a, b) => b.lines - a.lines || compareNames(a, b));
  return {
    totals: {
      repositories: listed.length,
      files: sum(listed.map(each => each.files)),
      lines: sum(listed.map(each => each.lines)),
    },
    owners: countOwners(repositories),
    repositories: listed.slice(0, limits.repositories),
  };
}

function joinMatches(
  answers: Array<{ provider: string; matches: CodeSearchMatch[] }>,
  catalog: CatalogRepository[],
): Map<string, FoundRepository> {
  const components = new Map<string, CatalogRepository[]>();
  for (const component of catalog) {
    const key = repositoryKey(component.repository);
    components.set(key, [...(components.get(key) ?? []), component]);
  }
  const repositories = new Map<string, FoundRepository>();
  for (const { provider, matches } of answers) {
    for (const match of matches) {
      const { repository, path, line, text = '', ranges = [] } = match;
      const key = repositoryKey(repository);
      let found = repositories.get(key);
      if (!found) {
        found = { repository, files: new Map() };
        repositories.set(key, found);
      }
      let file = found.files.get(path);
      if (!file) {
        const { ownerRef } = ownershipOf(
          path,
          components.get(key) ?? [],
          [],
          undefined,
        );
        file = { path, ownerRef, lines: new Map() };
        found.files.set(path, file);
      }
      const place = line === undefined ? `?${text}` : String(line);
      const known = file.lines.get(place);
      if (!known) {
        file.lines.set(place, { line, text, ranges, providers: [provider] });
      } else if (!known.providers.includes(provider)) {
        known.providers.push(provider);
      }
    }
  }
  return repositories;
}

function toRepository(
  { repository, files }: FoundRepository,
  limits: SummaryLimits,
): CodeSearchRepository {
  const all = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    repository,
    ownerRefs: [...new Set(all.flatMap(file => file.ownerRef ?? []))].sort(),
    files: all.length,
    lines: sum(all.map(file => file.lines.size)),
    results: all.slice(0, limits.filesPerRepository).map(file => ({
      path: file.path,
      ownerRef: file.ownerRef,
      lines: file.lines.size,
      matches: [...file.lines.values()]
        .sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity))
        .slice(0, limits.linesPerFile),
    })),
  };
}

function countOwners(repositories: FoundRepository[]): CodeSearchOwner[] {
  const owners = new Map<string | undefined, CodeSearchOwner>();
  for (const { files } of repositories) {
    const here = new Set<string | undefined>();
    for (const { ownerRef, lines } of files.values()) {
      let owner = owners.get(ownerRef);
      if (!owner) {
        owner = { ownerRef, repositories: 0, files: 0, lines: 0 };
        owners.set(ownerRef, owner);
      }
      owner.files += 1;
      owner.lines += lines.size;
      if (!here.has(ownerRef)) owner.repositories += 1;
      here.add(ownerRef);
    }
  }
  return [...owners.values()].sort(
    (a, b) =>
      b.lines - a.lines || ((a.ownerRef ?? '') < (b.ownerRef ?? '') ? -1 : 1),
  );
}

function compareNames(a: CodeSearchRepository, b: CodeSearchRepository) {
  return repositoryKey(a.repository) < repositoryKey(b.repository) ? -1 : 1;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
