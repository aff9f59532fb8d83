import {
  Entity,
  RELATION_DEPENDS_ON,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  LineageFact,
  LineageProvider,
  LineageReadContext,
} from '@skein/plugin-campaigns-node';
import { CATALOG_PROVIDER_ID } from '../mergeNodeMetadata';
import { jobNameOf } from '../normalizeJobName';
import { DATASET_ANNOTATION, FRAMEWORK_ANNOTATION } from './annotations';
import { entityCode, entityOwner, entityTitle } from './entityCode';
import { CatalogAccess, readCatalog } from './readCatalog';

/** How a {@link CatalogLineageProvider} reads. */
export interface CatalogLineageProviderOptions extends CatalogAccess {
  intervalSeconds?: number;
}

/**
 * Lineage that people keep in the catalog: a Component that depends on a
 * Resource of type dataset reads it, and a dataset that depends on a Component
 * is written by it.
 */
export class CatalogLineageProvider implements LineageProvider {
  readonly id = CATALOG_PROVIDER_ID;
  readonly title = 'Catalog';
  readonly intervalSeconds?: number;
  readonly #options: CatalogLineageProviderOptions;

  private constructor(options: CatalogLineageProviderOptions) {
    this.#options = options;
    this.intervalSeconds = options.intervalSeconds;
  }

  static create(
    options: CatalogLineageProviderOptions,
  ): CatalogLineageProvider {
    return new CatalogLineageProvider(options);
  }

  async *read(_context: LineageReadContext): AsyncIterable<LineageFact> {
    // Entity refs to names: an edge may name an entity of a later page.
    const datasets = new Map<string, string>();
    const jobs = new Map<string, string>();
    const writes: Array<{ dataset: string; component: string }> = [];

    for await (const entity of readCatalog(this.#options, {
      kind: 'resource',
      'spec.type': 'dataset',
    })) {
      const fact = datasetFact(entity);
      datasets.set(fact.entityRef, fact.name);
      yield fact;
      for (const component of dependenciesOf(entity)) {
        writes.push({ dataset: fact.name, component });
      }
    }
    const writers = new Set(writes.map(write => write.component));
    for await (const entity of readCatalog(this.#options, {
      kind: 'component',
    })) {
      const fact = this.#jobFact(entity);
      jobs.set(fact.entityRef, fact.name);
      const reads = dependenciesOf(entity).flatMap(
        ref => datasets.get(ref) ?? [],
      );
      if (!fact.repository && !reads.length && !writers.has(fact.entityRef)) {
        continue;
      }
      yield fact;
      for (const dataset of reads) {
        yield { type: 'read', job: fact.name, dataset };
      }
    }
    for (const { dataset, component } of writes) {
      const job = jobs.get(component);
      if (job) yield { type: 'write', job, dataset };
    }
  }

  #jobFact(entity: Entity) {
    const entityRef = stringifyEntityRef(entity);
    const code = entityCode(entity, this.#options.defaultHost);
    return {
      type: 'job' as const,
      name: code ? jobNameOf(code.repository, code.path) : entityRef,
      title: entityTitle(entity),
      entityRef,
      ownerRef: entityOwner(entity),
      framework: entity.metadata.annotations?.[FRAMEWORK_ANNOTATION],
      repository: code?.repository,
      path: code?.path,
    };
  }
}

function datasetFact(entity: Entity) {
  return {
    type: 'dataset' as const,
    name:
      entity.metadata.annotations?.[DATASET_ANNOTATION] ?? entity.metadata.name,
    title: entityTitle(entity),
    entityRef: stringifyEntityRef(entity),
    ownerRef: entityOwner(entity),
  };
}

/** The catalog writes the relation at both ends, so this one direction is all. */
function dependenciesOf(entity: Entity): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === RELATION_DEPENDS_ON)
    .map(relation => relation.targetRef);
}
