import {
  CATALOG_FILTER_EXISTS,
  EntityFilterQuery,
} from '@backstage/catalog-client';
import {
  Entity,
  parseEntityRef,
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDS_ON,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  DATASET_ANNOTATION,
  MADE_FROM_LINEAGE_ANNOTATION,
} from '@skein/plugin-campaigns-common';
import { entityOwner, entityTitle } from './entityCode';

/** What an entity says of the dataset that it stands for. */
export interface CatalogDataset {
  type: 'dataset';
  name: string;
  title: string;
  entityRef: string;
  ownerRef?: string;
  /** From lineage, not by people. */
  made: boolean;
}

const readsBy: readonly string[] = [RELATION_DEPENDS_ON, RELATION_CONSUMES_API];
const writtenBy: readonly string[] = [
  RELATION_DEPENDS_ON,
  RELATION_API_PROVIDED_BY,
];

/** The entities of a kind that stand for a dataset. */
export function datasetsOfKind(kind: string): EntityFilterQuery {
  return [
    { kind, 'spec.type': 'dataset' },
    {
      kind,
      [`metadata.annotations.${DATASET_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
    },
  ];
}

/** The dataset that an entity stands for. */
export function catalogDataset(entity: Entity): CatalogDataset {
  const annotations = entity.metadata.annotations ?? {};
  return {
    type: 'dataset',
    name: annotations[DATASET_ANNOTATION] ?? entity.metadata.name,
    title: entityTitle(entity),
    entityRef: stringifyEntityRef(entity),
    ownerRef: entityOwner(entity),
    made: annotations[MADE_FROM_LINEAGE_ANNOTATION] !== undefined,
  };
}

/** The names of the datasets that a component reads, as people said it. */
export function readsOf(
  component: Entity,
  datasets: ReadonlyMap<string, CatalogDataset>,
): string[] {
  const said = new Set(saidDependencies(component));
  const names = relatedTo(component, readsBy).flatMap(ref => {
    const dataset = datasets.get(ref);
    // The relation to a dataset made from lineage may be of the same making.
    return dataset && (!dataset.made || said.has(ref)) ? [dataset.name] : [];
  });
  return [...new Set(names)];
}

/** Refs in `dependsOn` of the entity itself. */
function saidDependencies(entity: Entity): string[] {
  const { dependsOn } = entity.spec ?? {};
  if (!Array.isArray(dependsOn)) return [];
  return dependsOn.flatMap(ref => {
    try {
      const parsed = parseEntityRef(String(ref), {
        defaultNamespace: entity.metadata.namespace ?? 'default',
      });
      return [stringifyEntityRef(parsed)];
    } catch {
      return [];
    }
  });
}

/** Refs of the entities that write a dataset. */
export function writersOf(dataset: Entity): string[] {
  return relatedTo(dataset, writtenBy);
}

/** The catalog writes each relation at both ends, so one direction is all. */
function relatedTo(entity: Entity, types: readonly string[]): string[] {
  return (entity.relations ?? [])
    .filter(relation => types.includes(relation.type))
    .map(relation => relation.targetRef);
}
