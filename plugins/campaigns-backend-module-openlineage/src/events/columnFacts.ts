import { DatasetRef, EventDataset } from '../spec/types';
import { isDeleted } from './isDeleted';
import type { Naming } from './Naming';
import type { EventFact } from './toLineageEvent';

/** What happens to a column. */
export interface Transformation {
  type: string;
  subtype?: string;
}

interface InputField extends DatasetRef {
  field: string;
  transformations?: Transformation[];
}

interface ColumnLineage {
  fields: Record<
    string,
    { inputFields: InputField[]; transformationType?: string }
  >;
  dataset?: InputField[];
}

/** What the facet `columnLineage` says that a job makes of columns. */
export function* columnFacts(
  output: EventDataset,
  job: string,
  naming: Naming,
): Iterable<EventFact> {
  const facet = output.facets?.columnLineage;
  if (!facet || isDeleted(facet)) return;
  const into = naming.dataset(output);
  const { fields, dataset = [] } = facet as ColumnLineage;
  for (const [column, entry] of Object.entries(fields)) {
    for (const field of entry.inputFields) {
      for (const transformation of wordsOf(
        field.transformations,
        entry.transformationType,
      )) {
        yield {
          type: 'column',
          job,
          dataset: naming.dataset(field),
          column: field.field,
          into: { dataset: into, column },
          transformation,
        };
      }
    }
  }
  for (const field of dataset) {
    for (const transformation of wordsOf(field.transformations)) {
      yield {
        type: 'column',
        job,
        dataset: naming.dataset(field),
        column: field.field,
        into: { dataset: into },
        transformation,
      };
    }
  }
}

/** One word for each transformation; none is said as such. */
export function wordsOf(
  transformations: Transformation[] | undefined,
  otherwise?: string,
): Array<string | undefined> {
  if (!transformations || transformations.length === 0) return [otherwise];
  return [
    ...new Set(transformations.map(({ type, subtype }) => subtype || type)),
  ];
}
