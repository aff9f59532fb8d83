import { DatasetRef, EventDataset, EventJob } from '../spec/types';
import { Transformation, wordsOf } from './columnFacts';
import { isDeleted } from './isDeleted';
import type { Naming } from './Naming';
import type { EventFact } from './toLineageEvent';

type LineageInput =
  | ({
      type: 'DATASET';
      field?: string;
      transformations?: Transformation[];
    } & DatasetRef)
  | { type: 'JOB' };

interface DatasetLineage {
  inputs?: LineageInput[];
  fields?: Record<string, { inputs: LineageInput[] }>;
}

type LineageEntry =
  | ({ type: 'DATASET' } & DatasetRef & DatasetLineage)
  | { type: 'JOB'; namespace?: string; name?: string; inputs?: LineageInput[] };

/** What the facet `lineage` of an output says that it is made from. */
export function* datasetLineageFacts(
  output: EventDataset,
  job: string,
  naming: Naming,
): Iterable<EventFact> {
  const facet = output.facets?.lineage;
  if (!facet || isDeleted(facet)) return;
  yield* madeFrom(output, facet as DatasetLineage, job, naming);
}

/** What the facet `lineage` of a job says, of itself and of other jobs. */
export function* jobLineageFacts(
  eventJob: EventJob,
  job: string,
  naming: Naming,
): Iterable<EventFact> {
  const facet = eventJob.facets?.lineage;
  if (!facet || isDeleted(facet)) return;
  for (const entry of (facet as { entries: LineageEntry[] }).entries) {
    if (entry.type === 'DATASET') {
      yield { type: 'write', job, dataset: naming.dataset(entry) };
      yield* madeFrom(entry, entry, job, naming);
      continue;
    }
    const { namespace, name, inputs = [] } = entry;
    const reader =
      namespace === undefined || name === undefined
        ? job
        : naming.job({ namespace, name }).name;
    for (const input of inputs) yield* inputFacts(input, reader, naming);
  }
}

function* madeFrom(
  target: DatasetRef,
  { inputs = [], fields = {} }: DatasetLineage,
  job: string,
  naming: Naming,
): Iterable<EventFact> {
  const dataset = naming.dataset(target);
  for (const input of inputs) {
    yield* inputFacts(input, job, naming, { dataset });
  }
  for (const [column, entry] of Object.entries(fields)) {
    for (const input of entry.inputs) {
      yield* inputFacts(input, job, naming, { dataset, column });
    }
  }
}

/** From one job to another goes no dataset, so nothing is kept of it. */
function* inputFacts(
  input: LineageInput,
  job: string,
  naming: Naming,
  into?: { dataset: string; column?: string },
): Iterable<EventFact> {
  if (input.type === 'JOB') return;
  const dataset = naming.dataset(input);
  yield { type: 'read', job, dataset };
  if (input.field === undefined) return;
  for (const transformation of wordsOf(input.transformations)) {
    yield {
      type: 'column',
      job,
      dataset,
      column: input.field,
      into,
      transformation,
    };
  }
}
