import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CampaignSpec,
  CodeSearchQuery,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  CodeSearchProvider,
  RepositoryHead,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { execFileSync } from 'child_process';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, relative } from 'path';
import { parse, parseAllDocuments } from 'yaml';
import { parseCampaign } from '../../campaigns/spec';
import { BuiltInCodeSearch } from '../../search/builtIn/BuiltInCodeSearch';
import { findRipgrep } from '../../search/builtIn/findRipgrep';

const root = join(__dirname, '../../../../../examples');

const identity = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

/** One row of the truth table. */
export interface TruthRow {
  campaign: string;
  repository: string;
  path: string;
  framework: string;
  owner: string;
  foundBy: string;
  state: string;
  trap?: string;
}

/** The example organisation as it lies in its folder, at the edges that the scope reads. */
export const exampleOrganisation = {
  host: 'forge.example.com',

  truth(): TruthRow[] {
    return parse(read('expected.yaml')).targets;
  },

  campaign(file: string): CampaignSpec {
    const files: Record<string, string> = {};
    for (const folder of [
      'campaigns/mappings',
      'schemas',
      'samples',
      'guides',
    ]) {
      for (const name of readdirSync(join(root, folder))) {
        const path = join(folder, name);
        files[relative('campaigns', path)] = read(path);
      }
    }
    const result = parseCampaign({ yaml: read(`campaigns/${file}`), files });
    if (!result.spec) throw new Error(JSON.stringify(result.problems));
    return result.spec;
  },

  /** Entities with the relations that the catalog would give them. */
  entities(): Entity[] {
    const entities = readdirSync(join(root, 'catalog'))
      .filter(name => name.endsWith('.yaml'))
      .flatMap(name => parseAllDocuments(read(`catalog/${name}`)))
      .map(document => document.toJS() as Entity | null)
      .filter((entity): entity is Entity => entity !== null);
    return entities.map(entity => ({
      ...entity,
      relations: ((entity.spec?.dependsOn ?? []) as string[]).map(
        targetRef => ({ type: 'dependsOn', targetRef }),
      ),
    }));
  },

  entityRefs(): string[] {
    return this.entities().map(entity => stringifyEntityRef(entity));
  },

  source(): RepositorySource {
    return {
      async head(repository: RepositoryRef): Promise<RepositoryHead> {
        const gitDir = join(root, 'repositories', repository.name);
        if (!existsSync(gitDir)) throw new Error(`No such folder: ${gitDir}`);
        return { repository, branch: 'main', commit: 'head', gitDir };
      },
      async listFiles(head) {
        return filesOf(head.repository.name).map(path => ({ path, size: 1 }));
      },
      async readFiles(head, paths) {
        return new Map(
          paths.map(path => [
            path,
            read(`repositories/${head.repository.name}/${path}`),
          ]),
        );
      },
      async bundle() {
        throw new Error('Scope and lineage need no bundle');
      },
    };
  },

  /** Finds words in files, as a forge's search of default branches does. */
  search(): CodeSearchProvider {
    return {
      id: 'words',
      title: 'Words in files',
      search: async ({ query, extensions }: CodeSearchQuery) => ({
        matches: readdirSync(join(root, 'repositories')).flatMap(name =>
          filesOf(name)
            .filter(path => extensions?.includes(path.split('.').pop()!))
            .flatMap(path =>
              read(`repositories/${name}/${path}`)
                .split('\n')
                .flatMap((text, index) =>
                  text.toLowerCase().includes(query.toLowerCase())
                    ? [
                        {
                          repository: this.repository(name),
                          path,
                          line: index + 1,
                          text,
                        },
                      ]
                    : [],
                ),
            ),
        ),
      }),
    };
  },

  /** The built-in search over repositories with the same files. */
  builtInSearch(folder: string): CodeSearchProvider {
    return BuiltInCodeSearch.create({
      ripgrep: findRipgrep()!,
      mirrors: {
        head: async repository => {
          const gitDir = join(folder, `${repository.name}.git`);
          const git = (...args: string[]) =>
            execFileSync('git', ['--git-dir', gitDir, ...args], {
              encoding: 'utf8',
              env: { ...process.env, ...identity },
            }).trim();
          if (!existsSync(gitDir)) {
            const files = join(root, 'repositories', repository.name);
            git('init', '--quiet', '--bare');
            git('--work-tree', files, 'add', '--force', '--all', files);
          }
          const commit = git('commit-tree', git('write-tree'), '-m', 'Files');
          return { repository, branch: 'main', commit, gitDir };
        },
      },
    });
  },

  repository(name: string): RepositoryRef {
    return { host: this.host, owner: 'meridian', name };
  },
};

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function filesOf(name: string): string[] {
  const folder = join(root, 'repositories', name);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
