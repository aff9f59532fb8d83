import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { CatalogRepository } from '@skein/plugin-campaigns-node';
import { joinScope } from '../joinScope';
import { repositoryKey } from '../repositoryKey';
import {
  FileFinding,
  RepositoryContents,
  ScopeConsumer,
  ScopeInput,
  SearchHits,
} from '../types';

export const repo = (name: string) => ({
  host: 'github.com',
  owner: 'acme',
  name,
});

export const spec = (
  scope: Partial<CampaignSpec['scope']> = {},
  outputs: 'preserve' | 'rename' = 'preserve',
): ScopeInput['spec'] => ({
  datasets: [],
  transform: [{ mapping: { outputs } }],
  scope: { codeSearch: [], frameworks: {}, repositories: {}, ...scope },
});

export const consumer = (
  name: string,
  depth = 1,
  path = '',
  more: Partial<ScopeConsumer['consumer']['node']> = {},
): ScopeConsumer => {
  const dataset = (title: string, at: number) => ({
    id: title,
    kind: 'dataset' as const,
    name: title,
    title,
    depth: at,
  });
  const node = {
    id: `${name}/${path}`,
    kind: 'job' as const,
    name: `github.com/acme/${name}//${path}`,
    title: name,
    repository: repo(name),
    path,
    depth,
    ...more,
  };
  return {
    dataset: 'x.users_v1',
    consumer: {
      node,
      providers: ['catalog'],
      path: [
        dataset('x.users_v1', 0),
        ...(depth > 1
          ? [{ ...node, title: `segments${depth}` }, dataset('x.out', 1)]
          : []),
        node,
      ],
    },
  };
};

export const search = (...places: Array<[string, string]>): SearchHits => ({
  query: { query: 'users_v1' },
  provider: 'git-grep',
  hits: places.map(([name, place]) => {
    const [path, line] = place.split(':');
    return {
      repository: repo(name),
      path,
      line: Number(line),
      text: 'users_v1',
    };
  }),
});

export const found = (
  kind: FileFinding['kind'],
  ...lines: number[]
): FileFinding => ({
  kind,
  detail:
    {
      reads: 'reads it',
      writes: 'writes it',
      other: 'x.other.users_v1',
      mention: 'in comments',
      unclear: 'is there, but not in a way that could be resolved',
    }[kind] ?? '',
  lines,
});

export const contents = (
  folders: Record<string, string>,
  findings: Record<string, FileFinding> = {},
  more: { archived?: boolean; codeowners?: string } = {},
): RepositoryContents => ({
  state: 'read',
  archived: false,
  texts: new Map(),
  folders: Object.entries(folders).map(([path, framework]) => ({
    path,
    framework,
  })),
  findings: new Map(Object.entries(findings)),
  ...more,
});

export const component = (
  name: string,
  path = '',
  entity = name,
): CatalogRepository => ({
  repository: repo(name),
  path,
  entityRef: `component:default/${entity}`,
  ownerRef: `group:default/${entity}-team`,
  title: entity,
});

export function scopeOf(
  input: Partial<ScopeInput>,
  of: Record<string, RepositoryContents> = {},
) {
  return joinScope({
    spec: spec(),
    consumers: [],
    searches: [],
    catalog: [],
    contents: new Map(
      Object.entries(of).map(([name, each]) => [
        repositoryKey(repo(name)),
        each,
      ]),
    ),
    ...input,
  });
}

export const brief = (
  input: Partial<ScopeInput>,
  of: Record<string, RepositoryContents> = {},
) =>
  scopeOf(input, of).map(
    ({ repository, path, framework, decision, reason }) =>
      `${repository.name}/${path} ${framework} ${decision}: ${reason}`,
  );
