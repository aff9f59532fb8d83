import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { CatalogRepository } from '@skein/plugin-campaigns-node';
import { parseCodeowners } from '../codeowners/codeowners';
import { decidePlace, ScopePlace } from './decidePlace';
import { locateHits } from './locateHits';
import { folderOf } from './paths';
import { placeOfFile, placeOfJob, RepositoryLayout } from './placeOf';
import { ownershipOf } from './ownershipOf';
import { repositoryKey } from './repositoryKey';
import { UNKNOWN_FRAMEWORK } from './scopeRules';
import {
  RepositoryContents,
  ScopeConsumer,
  ScopeDecision,
  ScopeInput,
  SearchHit,
} from './types';

/** All that is known of one repository. */
interface RepositoryEvidence {
  repository: RepositoryRef;
  consumers: ScopeConsumer[];
  hits: ScopePlace['hits'];
}

/**
 * Joins lineage, search hits, the catalog and the campaign's rules into
 * decisions, one for each place. A pure function, whatever the order of its
 * inputs: each consumer whose code is known and each hit counts in exactly one
 * decision.
 *
 * @returns decisions by repository and path
 */
export function joinScope(input: ScopeInput): ScopeDecision[] {
  const catalog = new Map<string, CatalogRepository[]>();
  for (const component of [...input.catalog].sort(byEntity)) {
    append(catalog, repositoryKey(component.repository), component);
  }
  return [...collectEvidence(input)]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([key, evidence]) =>
      decideRepository(
        input,
        evidence,
        input.contents.get(key) ?? { state: 'skipped' },
        catalog.get(key) ?? [],
      ),
    );
}

function located(
  hits: SearchHit[],
  contents: ScopeInput['contents'],
): SearchHit[] {
  const byRepository = new Map<string, SearchHit[]>();
  for (const hit of hits) {
    const key = repositoryKey(hit.repository);
    const list = byRepository.get(key);
    if (list) list.push(hit);
    else byRepository.set(key, [hit]);
  }
  return [...byRepository].flatMap(([key, list]) => {
    const known = contents.get(key);
    return known?.state === 'read' ? locateHits(list, known.texts) : list;
  });
}

function collectEvidence(input: ScopeInput): Map<string, RepositoryEvidence> {
  const all = new Map<string, RepositoryEvidence>();
  const of = (repository: RepositoryRef) => {
    const key = repositoryKey(repository);
    const known = all.get(key);
    if (!known) {
      const evidence = { repository, consumers: [], hits: [] };
      all.set(key, evidence);
      return evidence;
    }
    // Sources differ in the case of letters: one spelling, whoever comes first.
    if (spelling(repository) < spelling(known.repository)) {
      known.repository = repository;
    }
    return known;
  };
  for (const consumer of [...input.consumers].sort(byDistance)) {
    const { repository } = consumer.consumer.node;
    if (repository) of(repository).consumers.push(consumer);
  }
  for (const { query, provider, hits } of input.searches) {
    for (const hit of located(hits, input.contents))
      of(hit.repository).hits.push({ query, provider, hit });
  }
  // A repository that the campaign names is shown even where nothing is found in it.
  for (const repository of namedRepositories(input)) of(repository);
  return all;
}

function namedRepositories(input: ScopeInput): RepositoryRef[] {
  const named = (input.spec.scope.repositories.include ?? [])
    .filter(pattern => !pattern.includes('*'))
    .map(pattern => pattern.toLowerCase());
  return input.catalog
    .map(component => component.repository)
    .filter(repository => {
      const key = repositoryKey(repository);
      return named.some(name => key === name || key.endsWith(`/${name}`));
    });
}

function decideRepository(
  input: ScopeInput,
  evidence: RepositoryEvidence,
  contents: RepositoryContents,
  components: CatalogRepository[],
): ScopeDecision[] {
  const read = contents.state === 'read' ? contents : undefined;
  const layout: RepositoryLayout = {
    folders: read?.folders ?? [],
    components,
    findings: read?.findings ?? new Map(),
  };
  const places = new Map<string, ScopePlace>();
  const placeAt = (path: string) => {
    const place: ScopePlace = places.get(path) ?? {
      repository: evidence.repository,
      path,
      framework: UNKNOWN_FRAMEWORK,
      consumers: [],
      hits: [],
    };
    places.set(path, place);
    return place;
  };
  for (const consumer of evidence.consumers) {
    const path = consumer.consumer.node.path ?? '';
    placeAt(placeOfJob(layout, path)).consumers.push(consumer);
  }
  for (const hit of evidence.hits) {
    placeAt(placeOfFile(layout, hit.hit.path)).hits.push(hit);
  }
  if (places.size === 0) placeAt(placeOfJob(layout, components[0]?.path ?? ''));

  const paths = [...places.keys()].sort(compare);
  const inside = pathsInside(paths);
  const frameworks = new Map(
    layout.folders.map(({ path, framework }) => [path, framework]),
  );
  const codeowners =
    read?.codeowners === undefined
      ? undefined
      : parseCodeowners(read.codeowners);
  return paths.map(path => {
    const place = places.get(path)!;
    place.framework =
      frameworks.get(path) ??
      place.consumers.find(each => each.consumer.node.framework)?.consumer.node
        .framework ??
      UNKNOWN_FRAMEWORK;
    return {
      ...decidePlace(input.spec, place, contents, {
        inside: inside.get(path) ?? [],
        searched: input.searches.length > 0,
      }),
      ...ownershipOf(path, components, place.consumers, codeowners),
    };
  });
}

/** Of some paths, in their order, those below each of them. */
function pathsInside(paths: string[]): Map<string, string[]> {
  const all = new Set(paths);
  const inside = new Map<string, string[]>();
  for (const path of paths) {
    for (let folder = path; folder !== ''; ) {
      folder = folderOf(folder);
      if (all.has(folder)) append(inside, folder, path);
    }
  }
  return inside;
}

function byDistance(a: ScopeConsumer, b: ScopeConsumer): number {
  return (
    a.consumer.node.depth - b.consumer.node.depth ||
    compare(a.dataset, b.dataset) ||
    compare(a.consumer.node.name, b.consumer.node.name)
  );
}

function byEntity(a: CatalogRepository, b: CatalogRepository): number {
  return compare(a.entityRef, b.entityRef);
}

function spelling({ host, owner, name }: RepositoryRef): string {
  return `${host}/${owner}/${name}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
