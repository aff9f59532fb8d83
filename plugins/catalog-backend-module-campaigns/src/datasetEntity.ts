import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  DATASET_ANNOTATION,
  LineageDataset,
  LineageDatasetJobs,
  MADE_FROM_LINEAGE_ANNOTATION,
} from '@skein/plugin-campaigns-common';

/** What the Resources of datasets have in common. */
export interface DatasetEntityOptions {
  namespace: string;
  defaultOwner: string;
}

/**
 * The Resource that stands for a dataset: it depends on the components that
 * write it, and those that read it depend on it.
 */
export function datasetEntity(
  dataset: LineageDataset,
  name: string,
  options: DatasetEntityOptions,
): Entity {
  const location = `campaigns-lineage:${dataset.name}`;
  const source = sourceLocation(dataset);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      namespace: options.namespace,
      title: dataset.title,
      description: describe(dataset),
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        ...(source && { [ANNOTATION_SOURCE_LOCATION]: source }),
        [DATASET_ANNOTATION]: dataset.name,
        [MADE_FROM_LINEAGE_ANNOTATION]: 'true',
      },
    },
    spec: {
      type: 'dataset',
      owner: ownerOf(dataset) ?? options.defaultOwner,
      dependsOn: componentsOf(dataset.writtenBy),
      dependencyOf: componentsOf(dataset.readBy),
    },
  };
}

/** Who owns a dataset is who writes it, where no source says otherwise. */
function ownerOf({ ownerRef, writtenBy }: LineageDataset): string | undefined {
  return ownerRef ?? writtenBy.jobs.find(job => job.ownerRef)?.ownerRef;
}

function componentsOf({ jobs }: LineageDatasetJobs): string[] {
  return [...new Set(jobs.flatMap(job => job.entityRef ?? []))].sort();
}

/** Where the code is that writes a dataset, where that is one place. */
function sourceLocation({ writtenBy }: LineageDataset): string | undefined {
  const places = writtenBy.jobs.filter(job => job.repository);
  if (places.length !== 1) return undefined;
  const [{ repository, path }] = places;
  const { host, owner, name } = repository!;
  return `url:https://${host}/${owner}/${name}/tree/HEAD/${path ?? ''}`;
}

function describe({ readBy, writtenBy }: LineageDataset): string {
  const writers = count(writtenBy.total, 'job', 'writes it', 'write it');
  const readers = count(readBy.total, 'job', 'reads it', 'read it');
  return `As lineage knows it: ${writers}, ${readers}.`;
}

function count(total: number, noun: string, one: string, many: string) {
  if (total === 0) return `no ${noun} ${one}`;
  return total === 1 ? `1 ${noun} ${one}` : `${total} ${noun}s ${many}`;
}
