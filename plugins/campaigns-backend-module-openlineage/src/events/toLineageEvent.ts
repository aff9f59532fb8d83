import { InputError } from '@backstage/errors';
import { LineageEvent } from '@skein/plugin-campaigns-node';
import {
  DatasetRef,
  EventDataset,
  EventJob,
  OpenLineageEvent,
} from '../spec/types';
import { columnFacts } from './columnFacts';
import { isDeleted } from './isDeleted';
import { datasetLineageFacts, jobLineageFacts } from './lineageFacts';
import { Naming } from './Naming';
import { readOwner } from './readOwner';

/** More than the widest of jobs says; an event with more is refused. */
const MAX_FACTS = 20_000;
/** Names of one dataset that one event may tell. */
const MAX_SYMLINKS = 10;

/** One thing that an event says. */
export type EventFact = LineageEvent['facts'][number];

/**
 * What an event says of lineage.
 *
 * Every state of a run counts, since a run that fails has read its inputs all
 * the same. A dataset that is dropped or renamed keeps its consumers until they
 * age: tables are dropped every night to be made anew.
 *
 * @throws InputError where it says more than can be kept of one event
 */
export function toLineageEvent(
  event: OpenLineageEvent,
  naming: Naming,
): LineageEvent {
  const facts: EventFact[] = [];
  const all =
    event.kind === 'job'
      ? jobFacts(event, naming)
      : datasetEventFacts(event.dataset, naming);
  for (const fact of all) {
    if (facts.length === MAX_FACTS) {
      throw new InputError(
        `The event says more than ${MAX_FACTS} things of datasets, jobs and columns; send it in parts`,
      );
    }
    facts.push(fact);
  }
  return { at: Date.parse(event.eventTime), facts };
}

function* jobFacts(
  event: Extract<OpenLineageEvent, { kind: 'job' }>,
  naming: Naming,
): Iterable<EventFact> {
  const { name: job, place } = naming.job(event.job);
  yield {
    type: 'job',
    name: job,
    // Several tasks may share a file, which has a name of its own.
    title: place ? undefined : event.job.name,
    framework: frameworkOf(event.job),
    ownerRef: readOwner(event.job.facets?.ownership),
    repository: place?.repository,
    path: place?.path,
  };
  for (const input of event.inputs) {
    yield* datasetFacts(input, naming);
    yield { type: 'read', job, dataset: naming.dataset(input) };
  }
  for (const output of event.outputs) {
    yield* datasetFacts(output, naming);
    yield { type: 'write', job, dataset: naming.dataset(output) };
    yield* columnFacts(output, job, naming);
    yield* datasetLineageFacts(output, job, naming);
  }
  yield* jobLineageFacts(event.job, job, naming);
}

/** A dataset that says what it is made from has a job that makes it, whichever that is. */
function* datasetEventFacts(
  dataset: EventDataset,
  naming: Naming,
): Iterable<EventFact> {
  yield* datasetFacts(dataset, naming);
  const name = naming.dataset(dataset);
  const job = `openlineage:maker of ${name}`;
  let says = false;
  for (const fact of [
    ...columnFacts(dataset, job, naming),
    ...datasetLineageFacts(dataset, job, naming),
  ]) {
    says = true;
    yield fact;
  }
  if (!says) return;
  yield { type: 'job', name: job, title: `Maker of ${dataset.name}` };
  yield { type: 'write', job, dataset: name };
}

function* datasetFacts(
  dataset: EventDataset,
  naming: Naming,
): Iterable<EventFact> {
  const name = naming.dataset(dataset);
  yield {
    type: 'dataset',
    name,
    title: name === dataset.name ? undefined : dataset.name,
    ownerRef: readOwner(dataset.facets?.ownership),
  };
  const symlinks = dataset.facets?.symlinks;
  if (!symlinks || isDeleted(symlinks)) return;
  const { identifiers = [] } = symlinks as { identifiers?: DatasetRef[] };
  if (identifiers.length === 0) return;
  if (identifiers.length > MAX_SYMLINKS) {
    throw new InputError(
      `'${dataset.name}' has ${identifiers.length} symlinks; ${MAX_SYMLINKS} are believed`,
    );
  }
  yield {
    type: 'sameDataset',
    names: [name, ...identifiers.map(each => naming.dataset(each))],
  };
}

/** `DBT`, `SPARK` and so on, as the job type says. */
function frameworkOf(job: EventJob): string | undefined {
  const facet = job.facets?.jobType;
  if (!facet || isDeleted(facet)) return undefined;
  const { integration } = facet as { integration: string };
  return integration.toLowerCase();
}
