import { DatasetRef, Facets } from '../spec/types';
import { MarquezDataset, MarquezId, MarquezJob } from './MarquezClient';

/** Facets that are told of a dataset wherever it occurs. */
const ofDatasets = ['ownership', 'symlinks'];
const ofJobs = ['jobType', 'lineage', 'ownership', 'sourceCodeLocation'];

const producer = 'https://github.com/MarquezProject/marquez';
const base = {
  // Only the order of events goes by it, and these are read as a whole.
  eventTime: new Date(0).toISOString(),
  producer,
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
};

/**
 * A job as the OpenLineage event that would describe it.
 *
 * @param find - the dataset of an output, where Marquez knows it
 */
export function toJobEvent(
  job: MarquezJob,
  find: (id: MarquezId) => MarquezDataset | undefined,
): object {
  const inputs = job.inputs ?? [];
  const facets = pick(job.facets, ofJobs);
  if (!facets.sourceCodeLocation && job.location) {
    facets.sourceCodeLocation = {
      _producer: producer,
      _schemaURL: producer,
      type: 'git',
      url: job.location,
    };
  }
  return {
    ...base,
    job: { ...job.id, facets },
    inputs: inputs.map(({ namespace, name }) => ({ namespace, name })),
    outputs: (job.outputs ?? []).map(({ namespace, name }) => ({
      namespace,
      name,
      facets: columnsFrom(inputs, find({ namespace, name })?.facets),
    })),
  };
}

/**
 * A dataset as the event that would describe it.
 *
 * @param isMade - some job writes it, which tells of its columns
 */
export function toDatasetEvent(
  { id, facets }: MarquezDataset,
  { isMade }: { isMade: boolean },
): object {
  const keys = isMade
    ? ofDatasets
    : [...ofDatasets, 'columnLineage', 'lineage'];
  return {
    ...base,
    dataset: {
      namespace: id.namespace,
      name: id.name,
      facets: pick(facets, keys),
    },
  };
}

/** Column lineage of a dataset that several jobs may write: what comes from the inputs of this one. */
function columnsFrom(
  inputs: DatasetRef[],
  facets: Facets | undefined,
): Facets | undefined {
  const facet = facets?.columnLineage as
    | { fields?: Record<string, { inputFields?: DatasetRef[] }> }
    | undefined;
  if (!facet?.fields) return undefined;
  const isInput = (field: DatasetRef) =>
    inputs.some(
      each => each.namespace === field.namespace && each.name === field.name,
    );
  const fields = Object.entries(facet.fields).flatMap(([column, entry]) => {
    const inputFields = entry?.inputFields?.filter(isInput) ?? [];
    return inputFields.length > 0 ? [[column, { ...entry, inputFields }]] : [];
  });
  return {
    columnLineage: {
      ...facet,
      fields: Object.fromEntries(fields),
      dataset: [],
    },
  };
}

function pick(facets: Facets | undefined, keys: string[]): Facets {
  return Object.fromEntries(
    keys.flatMap(key => (facets?.[key] ? [[key, facets[key]]] : [])),
  );
}
