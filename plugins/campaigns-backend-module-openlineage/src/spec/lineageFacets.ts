import {
  boolean,
  deletableFacet,
  fields,
  listOf,
  mapOf,
  oneOfWords,
  Schema,
  text,
  uuid,
} from './schema';

const transformations = listOf(
  fields(
    { type: text },
    { subtype: text, description: text, masking: boolean },
  ),
);

/** `columnLineage` of a dataset. */
export const columnLineage = deletableFacet(
  {
    fields: mapOf(
      fields(
        { inputFields: listOf(inputField()) },
        { transformationDescription: text, transformationType: text },
      ),
    ),
  },
  { dataset: listOf(inputField()) },
);

function inputField(): Schema {
  return fields(
    { namespace: text, name: text, field: text },
    { transformations },
  );
}

/** A dataset that flows into something. */
const datasetInput = fields(
  { namespace: text, name: text, type: oneOfWords('DATASET') },
  { field: text, transformations },
);

/** A job; without namespace and name, the event's own. */
function jobRef(optional: Record<string, Schema>): Schema {
  return {
    ...fields(
      { type: oneOfWords('JOB') },
      { namespace: text, name: text, runId: uuid, ...optional },
    ),
    dependentRequired: { namespace: ['name'], name: ['namespace'] },
  };
}

const inputs = listOf(byType(datasetInput, jobRef({ transformations })));
const fieldEntries = mapOf(fields({ inputs }));

/** `lineage` of a dataset: what it is made from, said in so many words. */
export const datasetLineage = deletableFacet(
  {},
  { inputs, fields: fieldEntries },
);

/** `lineage` of a job: what flows into what. */
export const jobLineage = deletableFacet({
  entries: listOf(
    byType(
      fields(
        { namespace: text, name: text, type: oneOfWords('DATASET') },
        { inputs, fields: fieldEntries },
      ),
      jobRef({ inputs }),
    ),
  ),
});

/** What is no dataset is to be a job, so that an error says what is wrong with it as such. */
function byType(dataset: Schema, job: Schema): Schema {
  return {
    type: 'object',
    if: { properties: { type: { const: 'DATASET' } }, required: ['type'] },
    then: dataset,
    else: job,
  };
}
