import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  DATASET_ANNOTATION,
  LineageDataset,
  MADE_FROM_LINEAGE_ANNOTATION,
} from '@skein/plugin-campaigns-common';
import { datasetEntity, DatasetEntityOptions } from './datasetEntity';
import { entityName } from './entityName';

/** What matters of an entity that is in the catalog already. */
export type ExistingEntity = Pick<Entity, 'kind' | 'metadata' | 'spec'>;

/** How entities are chosen. */
export interface ChooseEntitiesOptions extends DatasetEntityOptions {
  /** Entities of the catalog by their refs; those that are not there are left out. */
  findExisting(refs: string[]): Promise<Map<string, ExistingEntity>>;
}

/**
 * The Resources for datasets, without those that people have defined: these have
 * an entity other than ours, or stand under the very name that ours would have.
 * Where that name is another thing's, ours takes a name with a digest.
 */
export async function chooseEntities(
  datasets: LineageDataset[],
  options: ChooseEntitiesOptions,
): Promise<Entity[]> {
  const refOf = (name: string) =>
    stringifyEntityRef({
      kind: 'Resource',
      namespace: options.namespace,
      name,
    });
  const candidates = datasets.map(dataset => {
    const plain = entityName(dataset.name);
    const distinct = entityName(dataset.name, { digest: true });
    return { dataset, plain, distinct };
  });
  const existing = await options.findExisting([
    ...new Set(
      candidates.flatMap(({ dataset, plain, distinct }) => [
        refOf(plain),
        refOf(distinct),
        ...(dataset.entityRef ? [dataset.entityRef] : []),
      ]),
    ),
  ]);

  const entities: Entity[] = [];
  for (const { dataset, plain, distinct } of candidates) {
    const own = dataset.entityRef && existing.get(dataset.entityRef);
    if (own && !isMade(own)) continue;
    const atPlain = existing.get(refOf(plain));
    if (!atPlain || isMade(atPlain)) {
      entities.push(datasetEntity(dataset, plain, options));
    } else if (!standsFor(atPlain, dataset.name)) {
      const atDistinct = existing.get(refOf(distinct));
      if (!atDistinct || isMade(atDistinct)) {
        entities.push(datasetEntity(dataset, distinct, options));
      }
    }
  }
  return entities;
}

function isMade({ metadata }: ExistingEntity): boolean {
  return metadata.annotations?.[MADE_FROM_LINEAGE_ANNOTATION] !== undefined;
}

function standsFor({ metadata, spec }: ExistingEntity, dataset: string) {
  const name =
    metadata.annotations?.[DATASET_ANNOTATION] ??
    (spec?.type === 'dataset' ? metadata.name : undefined);
  return name?.toLowerCase() === dataset;
}
