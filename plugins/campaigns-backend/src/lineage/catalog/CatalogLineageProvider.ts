import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { FRAMEWORK_ANNOTATION } from '@skein/plugin-campaigns-common';
import {
  LineageFact,
  LineageProvider,
  LineageReadContext,
} from '@skein/plugin-campaigns-node';
import { CATALOG_PROVIDER_ID } from '../mergeNodeMetadata';
import { jobNameOf } from '../normalizeJobName';
import {
  CatalogDataset,
  catalogDataset,
  datasetsOfKind,
  readsOf,
  writersOf,
} from './catalogDataset';
import { entityCode, entityOwner, entityTitle } from './entityCode';
import { CatalogAccess, readCatalog } from './readCatalog';

/** How a {@link CatalogLineageProvider} reads. */
export interface CatalogLineageProviderOptions extends CatalogAccess {
  intervalSeconds?: number;
}

/**
 * Lineage that people keep in the catalog: a Component that depends on a dataset
 * or consumes its API reads it, and a dataset that depends on a Component, or
 * whose API one provides, is written by it.
 *
 * A dataset is a Resource or API of type `dataset`, or one with the dataset
 * annotation. Of a Resource that was made from lineage only its identity counts:
 * what it says of lineage came from here.
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
    const datasets = new Map<string, CatalogDataset>();
    const writes: Array<{ dataset: string; component: string }> = [];
    for (const kind of ['resource', 'api']) {
      for await (const entity of readCatalog(
        this.#options,
        datasetsOfKind(kind),
      )) {
        const { made, ...fact } = catalogDataset(entity);
        datasets.set(fact.entityRef, { made, ...fact });
        yield made ? { ...fact, title: undefined, ownerRef: undefined } : fact;
        if (made) continue;
        for (const component of writersOf(entity)) {
          writes.push({ dataset: fact.name, component });
        }
      }
    }
    // Entity refs to names: a write may name a component of a later page.
    const jobs = new Map<string, string>();
    const writers = new Set(writes.map(write => write.component));
    for await (const entity of readCatalog(this.#options, {
      kind: 'component',
    })) {
      const fact = this.#jobFact(entity);
      jobs.set(fact.entityRef, fact.name);
      const reads = readsOf(entity, datasets);
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
