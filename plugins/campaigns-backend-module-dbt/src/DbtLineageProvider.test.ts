import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { answerYaml } from '@skein/mapping-rewriter';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import {
  CatalogRepository,
  LineageFact,
  RepositoryHead,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { createServer } from 'http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { AddressInfo } from 'net';
import os from 'os';
import { join } from 'path';
import { DbtLineageProvider } from './DbtLineageProvider';
import { manifestOf } from './testing/manifestOf';

type Repositories = Record<string, Record<string, string> | Error>;

/** Repositories in memory; the number of reads tells what is read again. */
class MemorySource implements Partial<RepositorySource> {
  reads = 0;
  constructor(readonly repositories: Repositories) {}

  async head(repository: RepositoryRef): Promise<RepositoryHead> {
    const files = this.repositories[repository.name];
    if (!files) throw new NotFoundError('No such repository');
    if (files instanceof Error) throw files;
    const commit = JSON.stringify(files);
    return { repository, branch: 'main', commit, gitDir: '' };
  }
  async listFiles({ repository }: RepositoryHead) {
    return Object.keys(this.repositories[repository.name]).map(path => ({
      path,
      size: 1,
    }));
  }
  async readFiles({ repository }: RepositoryHead, paths: string[]) {
    this.reads += 1;
    const files = this.repositories[repository.name] as Record<string, string>;
    return new Map(
      paths.flatMap(path => (path in files ? [[path, files[path]]] : [])),
    );
  }
}

const repo = (name: string) => ({ host: 'github.com', owner: 'acme', name });
const entry = (name: string, path = ''): CatalogRepository => ({
  repository: repo(name),
  path,
  entityRef: `component:default/${name}`,
  ownerRef: 'group:default/insights',
  title: `The ${name}`,
});

async function read(
  provider: DbtLineageProvider,
  source: MemorySource,
  repositories: CatalogRepository[],
  onProblem?: (message: string) => void,
): Promise<string[]> {
  const lines: string[] = [];
  for await (const fact of provider.read({
    signal: new AbortController().signal,
    repositories,
    source: source as Partial<RepositorySource> as RepositorySource,
    readYaml: async text => answerYaml('values', text),
    onProblem,
  })) {
    lines.push(describeFact(fact));
  }
  return lines;
}

function describeFact(fact: LineageFact): string {
  switch (fact.type) {
    case 'job':
      return `job ${fact.name} (${fact.title}, ${fact.framework}, ${fact.ownerRef})`;
    case 'read':
    case 'write':
      return `${fact.job} ${fact.type}s ${fact.dataset} ${fact.confidence}`;
    case 'unread':
      return `unread ${fact.repository.name}: ${fact.reason}`;
    case 'dataset':
      return `dataset ${fact.name}`;
    default:
      return fact.type;
  }
}

const project = (name: string) => ({
  'dbt_project.yml': `name: ${name}\nmodels: {+database: acme, +schema: ${name}}\n`,
  'models/a.sql': `select * from {{ source('crm', 'users') }}`,
  'models/s.yml':
    'sources: [{name: crm, database: raw, tables: [{name: users}]}]',
});
const within = (folder: string, files: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]),
  );

describe('DbtLineageProvider', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(os.tmpdir(), 'skein-dbt-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const providerOf = (dbt: object = {}) =>
    DbtLineageProvider.fromConfig(
      mockServices.rootConfig({ data: { campaigns: { dbt } } }),
      { logger: mockServices.logger.mock() },
    );

  it('reads each project of a repository as one job, and not what packages brought', async () => {
    const source = new MemorySource({
      mono: {
        ...within('finance', project('finance')),
        ...within('ads', project('ads')),
        ...within('ads/dbt_packages/utils', project('utils')),
        'README.md': '',
      },
      service: { 'index.ts': '' },
    });
    expect(
      await read(providerOf(), source, [
        entry('mono', 'finance'),
        entry('mono', 'other'),
        entry('service'),
        entry('gone'),
      ]),
    ).toEqual([
      'job github.com/acme/mono//finance (The mono, dbt, group:default/insights)',
      'github.com/acme/mono//finance reads raw.crm.users certain',
      'github.com/acme/mono//finance writes acme.finance.a certain',
      'job github.com/acme/mono//ads (ads, dbt, undefined)',
      'github.com/acme/mono//ads reads raw.crm.users certain',
      'github.com/acme/mono//ads writes acme.ads.a certain',
    ]);
  });

  it('reads a commit once', async () => {
    const source = new MemorySource({ a: project('a') });
    const provider = providerOf();
    const first = await read(provider, source, [entry('a')]);
    const { reads } = source;
    expect(await read(provider, source, [entry('a')])).toEqual(first);
    expect(source.reads).toBe(reads);
    source.repositories.a = project('renamed');
    expect(await read(provider, source, [entry('a')])).toContain(
      'github.com/acme/a// writes acme.renamed.a certain',
    );
  });

  it('says which file was too much to read, and reads the rest', async () => {
    const deep = `sources: ${'['.repeat(200)}`;
    const source = new MemorySource({
      a: { ...project('a'), 'models/deep.yml': deep },
    });
    const problems: string[] = [];
    const provider = providerOf();
    for (const _again of [1, 2]) {
      expect(
        await read(provider, source, [entry('a')], each => problems.push(each)),
      ).toContain('github.com/acme/a// writes acme.a.a certain');
    }
    const problem =
      'github.com/acme/a: models/deep.yml was not read: The YAML nests more than 100 levels; flatten it';
    expect(problems).toEqual([problem, problem]);
  });

  it('keeps what it knows of a repository that cannot be read, or says that it knows nothing', async () => {
    const source = new MemorySource({
      a: project('a'),
      b: new Error('HTTP 502'),
    });
    const provider = providerOf();
    const entries = [entry('a'), entry('b')];
    const first = await read(provider, source, entries);
    expect(first).toContain('unread b: HTTP 502');
    source.repositories.a = new Error('HTTP 503');
    expect(await read(provider, source, entries)).toEqual(first);
  });

  it('prefers the manifest of a project, wherever it lies', async () => {
    const manifest = (name: string) =>
      manifestOf(12, {
        project: name,
        nodes: [{ id: `model.${name}.m`, schema: 'from_manifest' }],
        exposures: [
          { id: `exposure.${name}.board`, dependsOn: [`model.${name}.m`] },
        ],
      });
    mkdirSync(join(folder, 'one'));
    writeFileSync(join(folder, 'one', 'manifest.json'), manifest('one'));
    writeFileSync(join(folder, 'manifest.json'), manifest('nowhere'));
    const source = new MemorySource({
      a: within('dbt', project('one')),
      b: { ...project('two'), 'target/manifest.json': manifest('two') },
      c: { ...project('three'), 'target/manifest.json': '{' },
    });
    const lines = await read(
      providerOf({ manifests: [{ path: folder }] }),
      source,
      [entry('a'), entry('b'), entry('c')],
    );
    expect(lines.filter(line => line.includes('writes')).sort()).toEqual([
      'dbt:nowhere writes acme.from_manifest.m certain',
      'github.com/acme/a//dbt writes acme.from_manifest.m certain',
      'github.com/acme/b// writes acme.from_manifest.m certain',
      'github.com/acme/c// writes acme.three.a certain',
    ]);
    expect(lines).toContain(
      'dbt:two:exposure:board reads acme.from_manifest.m certain',
    );
  });

  it('brings a manifest by URL for the repository that the configuration names', async () => {
    const server = createServer((request, response) => {
      if (request.headers.authorization !== 'Bearer secret') {
        response.writeHead(401).end();
        return;
      }
      response.end(
        manifestOf(4, { project: 'p', nodes: [{ id: 'model.p.m' }] }),
      );
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/m`;
    try {
      const location = { url, repository: 'github.com/acme/a', folder: 'dbt' };
      expect(
        await read(
          providerOf({
            manifests: [
              { ...location, headers: { authorization: 'Bearer secret' } },
            ],
          }),
          new MemorySource({}),
          [entry('a')],
        ),
      ).toEqual([
        'job github.com/acme/a//dbt (The a, dbt, group:default/insights)',
        'github.com/acme/a//dbt writes acme.dw.m certain',
      ]);
      await expect(
        read(providerOf({ manifests: [location] }), new MemorySource({}), []),
      ).rejects.toThrow('401');
    } finally {
      await new Promise(resolve => server.close(resolve));
    }
  });

  it.each([
    [{}, 'needs a path or a url'],
    [{ path: 'a', url: 'b' }, 'needs a path or a url'],
    [{ path: 'a', repository: 'acme/a' }, 'write host/owner/name'],
  ])('refuses the manifest %j', (manifest, message) => {
    expect(() => providerOf({ manifests: [manifest] })).toThrow(message);
  });
});
