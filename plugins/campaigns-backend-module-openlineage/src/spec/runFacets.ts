import {
  anyObject,
  facet,
  facetsOf,
  fields,
  integer,
  listOf,
  Schema,
  text,
  time,
  uuid,
} from './schema';

const facets = facetsOf({});
const runRef = fields({ runId: uuid }, { facets });
const jobRef = fields({ namespace: text, name: text }, { facets });

const dependency = fields(
  { job: fields({ namespace: text, name: text }) },
  {
    run: fields({ runId: uuid }),
    dependency_type: text,
    sequence_trigger_rule: text,
    status_trigger_rule: text,
  },
);

/** Facets of a run, by key. */
export const runFacets: Record<string, Schema> = {
  environmentVariables: facet({
    environmentVariables: listOf(fields({ name: text, value: text })),
  }),
  errorMessage: facet(
    { message: text, programmingLanguage: text },
    { stackTrace: text },
  ),
  executionParameters: facet(
    {},
    {
      parameters: listOf({
        ...fields(
          { key: text },
          { name: text, description: text, value: text },
        ),
        additionalProperties: false,
      }),
    },
  ),
  externalQuery: facet({ externalQueryId: text, source: text }),
  extractionError: facet({
    totalTasks: integer,
    failedTasks: integer,
    errors: listOf(
      fields(
        { errorMessage: text },
        { stackTrace: text, task: text, taskNumber: integer },
      ),
    ),
  }),
  jobDependencies: facet(
    {},
    {
      upstream: listOf(dependency),
      downstream: listOf(dependency),
      trigger_rule: text,
    },
  ),
  nominalTime: facet({ nominalStartTime: time }, { nominalEndTime: time }),
  parent: facet(
    { run: runRef, job: jobRef },
    { root: fields({ run: runRef, job: jobRef }) },
  ),
  processing_engine: facet(
    { version: text },
    { name: text, openlineageAdapterVersion: text },
  ),
  tags: facet(
    {},
    { tags: listOf(fields({ key: text, value: text }, { source: text })) },
  ),
  test: facet({
    tests: listOf(
      fields(
        { name: text, status: text },
        {
          severity: text,
          type: text,
          description: text,
          expected: text,
          actual: text,
          content: text,
          contentType: text,
          params: anyObject,
        },
      ),
    ),
  }),
};
