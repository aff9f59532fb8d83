import { datasetFacets, inputFacets, outputFacets } from './datasetFacets';
import { jobFacets } from './jobFacets';
import { runFacets } from './runFacets';
import {
  deletableFacet,
  facetsOf,
  fields,
  listOf,
  oneOfWords,
  Schema,
  text,
  time,
  uri,
  uuid,
} from './schema';

/*
 * The events of OpenLineage 2-0-2 and its facets, written down from the
 * specification: https://openlineage.io/apidocs/openapi and
 * https://openlineage.io/docs/spec/facets. `EventValidator.test.ts` compares them
 * with the published schemas.
 */

const otherFacet = deletableFacet({});

const dataset = {
  required: { namespace: text, name: text },
  optional: { facets: facetsOf(datasetFacets, otherFacet) },
};

const job = fields(
  { namespace: text, name: text },
  { facets: facetsOf(jobFacets, otherFacet) },
);

const base = { eventTime: time, producer: uri, schemaURL: uri };

const flows = {
  inputs: listOf(
    fields(dataset.required, {
      ...dataset.optional,
      inputFacets: facetsOf(inputFacets),
    }),
  ),
  outputs: listOf(
    fields(dataset.required, {
      ...dataset.optional,
      outputFacets: facetsOf(outputFacets),
    }),
  ),
};

/** One run of a job changes its state. */
export const runEvent: Schema = fields(
  {
    ...base,
    run: fields({ runId: uuid }, { facets: facetsOf(runFacets) }),
    job,
  },
  {
    eventType: oneOfWords(
      'START',
      'RUNNING',
      'COMPLETE',
      'ABORT',
      'FAIL',
      'OTHER',
    ),
    ...flows,
  },
);

/** A job is described, outside of any run. */
export const jobEvent: Schema = fields({ ...base, job }, flows);

/** A dataset is described. */
export const datasetEvent: Schema = fields({
  ...base,
  dataset: fields(dataset.required, dataset.optional),
});
