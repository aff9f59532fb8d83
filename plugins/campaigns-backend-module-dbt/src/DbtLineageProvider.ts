import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  CatalogRepository,
  LineageFact,
  LineageProvider,
  LineageReadContext,
} from '@skein/plugin-campaigns-node';
import { loadManifests } from './manifest/loadManifests';
import {
  ManifestLocation,
  readManifestLocations,
} from './manifest/ManifestLocation';
import { parseManifest } from './manifest/parseManifest';
import { ProjectInRepository, readProjects } from './project/readProjects';
import { Placement } from './project/ProjectConfig';
import { ProjectPlace, projectFacts } from './projectFacts';
import { resolveProjects } from './resolveProjects';
import { ResolvedProject } from './types';

const REPOSITORIES_AT_ONCE = 4;

interface ReadRepository {
  repository: RepositoryRef;
  commit: string;
  projects: ProjectInRepository[];
}

/**
 * Lineage of dbt projects: from the manifests that the configuration names, and
 * from the files of every project in the catalog's repositories. A project that
 * has both is known by its manifest.
 */
export class DbtLineageProvider implements LineageProvider {
  readonly id = 'dbt';
  readonly title = 'dbt';
  readonly intervalSeconds?: number;
  readonly #logger: LoggerService;
  readonly #locations: ManifestLocation[];
  readonly #defaults: Placement;
  /** What was read last of each repository: a commit is read once. */
  readonly #read = new Map<string, ReadRepository>();

  private constructor(config: RootConfigService, logger: LoggerService) {
    this.#logger = logger;
    this.#locations = readManifestLocations(config);
    this.intervalSeconds = config.getOptionalNumber(
      'campaigns.dbt.intervalSeconds',
    );
    this.#defaults = {
      database: config.getOptionalString('campaigns.dbt.defaults.database'),
      schema: config.getOptionalString('campaigns.dbt.defaults.schema'),
    };
  }

  /** @throws InputError where the configuration of a manifest is wrong */
  static fromConfig(
    config: RootConfigService,
    options: { logger: LoggerService },
  ): DbtLineageProvider {
    return new DbtLineageProvider(config, options.logger);
  }

  async *read(context: LineageReadContext): AsyncIterable<LineageFact> {
    const manifests = await this.#loadManifests(context.signal);
    const repositories: ReadRepository[] = [];
    for await (const read of this.#readRepositories(context)) {
      if ('facts' in read) yield* read.facts;
      else repositories.push(read);
    }

    const inFiles = repositories.flatMap(({ repository, projects }) =>
      projects.map(each => ({ ...each, repository })),
    );
    const inManifests = [
      ...manifests,
      ...inFiles.flatMap(({ project, repository, folder }) =>
        project.from === 'manifest'
          ? [{ project: project.project, place: { repository, folder } }]
          : [],
      ),
    ];
    const known = new Set(inManifests.map(each => each.project.name));
    const byFiles = inFiles.flatMap(({ project, repository, folder }) =>
      project.from === 'files'
        ? [{ project: project.project, place: { repository, folder } }]
        : [],
    );
    const resolved = resolveProjects(
      byFiles.map(each => each.project),
      inManifests.map(each => each.project),
    );

    for (const { project, place } of inManifests) {
      const found =
        place ??
        byFiles.find(each => each.project.name === project.name)?.place;
      yield* projectFacts(project, found, catalogEntry(context, found));
    }
    for (const [index, { place }] of byFiles.entries()) {
      if (known.has(resolved[index].name)) continue;
      yield* projectFacts(resolved[index], place, catalogEntry(context, place));
    }
  }

  async #loadManifests(
    signal: AbortSignal,
  ): Promise<Array<{ project: ResolvedProject; place?: ProjectPlace }>> {
    const projects = [];
    for (const location of this.#locations) {
      for (const { text, where } of await loadManifests(location, signal)) {
        projects.push({
          project: parseManifest(text, where),
          place: location.repository && {
            repository: location.repository,
            folder: location.folder,
          },
        });
      }
    }
    return projects;
  }

  /** Reads repositories a few at a time; of one that cannot be read now, what was read before. */
  async *#readRepositories(
    context: LineageReadContext,
  ): AsyncIterable<ReadRepository | { facts: LineageFact[] }> {
    const repositories = distinctRepositories(context.repositories);
    for (let at = 0; at < repositories.length; at += REPOSITORIES_AT_ONCE) {
      context.signal.throwIfAborted();
      yield* await Promise.all(
        repositories
          .slice(at, at + REPOSITORIES_AT_ONCE)
          .map(repository => this.#readRepository(repository, context)),
      );
    }
  }

  async #readRepository(
    repository: RepositoryRef,
    context: LineageReadContext,
  ): Promise<ReadRepository | { facts: LineageFact[] }> {
    const key = formatRepositoryRef(repository).toLowerCase();
    const before = this.#read.get(key);
    try {
      const head = await context.source.head(repository);
      if (before?.commit === head.commit) return before;
      let whole = true;
      const projects = await readProjects(
        {
          source: context.source,
          readYaml: context.readYaml,
          onUnread: (path, reason) => {
            whole = false;
            context.onProblem?.(`${key}: ${path} was not read: ${reason}`);
          },
        },
        head,
        this.#defaults,
      );
      const read = { repository, commit: head.commit, projects };
      if (whole) this.#read.set(key, read);
      return read;
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') {
        this.#logger.debug(`${key} is in the catalog, but not on its forge`);
        this.#read.delete(key);
        return { facts: [] };
      }
      const reason = (error as Error).message;
      this.#logger.warn(`${key} could not be read for dbt lineage: ${reason}`);
      return before ?? { facts: [{ type: 'unread', repository, reason }] };
    }
  }
}

function distinctRepositories(
  repositories: CatalogRepository[],
): RepositoryRef[] {
  return [
    ...new Map(
      repositories.map(({ repository }) => [
        formatRepositoryRef(repository).toLowerCase(),
        repository,
      ]),
    ).values(),
  ];
}

/** The catalog's component of a project: the nearest that holds its folder. */
function catalogEntry(
  context: LineageReadContext,
  place: ProjectPlace | undefined,
): CatalogRepository | undefined {
  if (!place) return undefined;
  const key = formatRepositoryRef(place.repository).toLowerCase();
  return context.repositories
    .filter(
      entry =>
        formatRepositoryRef(entry.repository).toLowerCase() === key &&
        (entry.path === '' ||
          place.folder === entry.path ||
          place.folder.startsWith(`${entry.path}/`)),
    )
    .sort(
      (a, b) =>
        b.path.length - a.path.length || (a.entityRef < b.entityRef ? -1 : 1),
    )[0];
}
