// Run events as a warehouse's jobs send them: three tables read, one written,
// its schema, and where each of its columns comes from.
import { randomUUID } from 'node:crypto';

const producer =
  'https://github.com/OpenLineage/OpenLineage/tree/1.30.0/integration/spark';
const facet = (name, content) => ({
  _producer: producer,
  _schemaURL: `https://openlineage.io/spec/facets/1-2-0/${name}.json`,
  ...content,
});
const column = number => `column_${number}`;

/** The table that a job reads or writes. */
const tableOf = number => ({
  namespace: 'bigquery',
  name: `company-data.domain_${Math.floor(number / 200)}.table_${number % 200}`,
});

/**
 * One event of one run of a job; the same job always says the same.
 *
 * @param columns - of the table that it writes
 */
export function makeEvent({ job, eventType, columns }) {
  const inputs = [1, 2, 3].map(step =>
    tableOf((job * 7 + step * 31) % 100_000),
  );
  const schema = facet('SchemaDatasetFacet', {
    fields: Array.from({ length: columns }, (_, i) => ({
      name: column(i),
      type: i % 3 === 0 ? 'INT64' : 'STRING',
    })),
  });
  return {
    eventTime: new Date().toISOString(),
    eventType,
    producer,
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
    run: {
      runId: randomUUID(),
      facets: {
        nominalTime: facet('NominalTimeRunFacet', {
          nominalStartTime: '2026-01-31T00:00:00Z',
        }),
        processing_engine: facet('ProcessingEngineRunFacet', {
          version: '3.5.1',
          name: 'spark',
        }),
      },
    },
    job: {
      namespace: 'spark-production',
      name: `team_${job % 120}.job_${job}`,
      facets: {
        jobType: facet('JobTypeJobFacet', {
          processingType: 'BATCH',
          integration: 'SPARK',
          jobType: 'JOB',
        }),
        ownership: facet('OwnershipJobFacet', {
          owners: [{ name: `team:team-${job % 120}` }],
        }),
      },
    },
    inputs: inputs.map(input => ({ ...input, facets: { schema } })),
    outputs: [
      {
        ...tableOf(100_000 + job),
        facets: {
          schema,
          columnLineage: facet('ColumnLineageDatasetFacet', {
            fields: Object.fromEntries(
              Array.from({ length: columns }, (_, i) => [
                column(i),
                {
                  inputFields: [
                    {
                      ...inputs[i % 3],
                      field: column(i),
                      transformations: [
                        { type: 'DIRECT', subtype: 'IDENTITY' },
                      ],
                    },
                    ...(i % 5 === 0
                      ? [
                          {
                            ...inputs[(i + 1) % 3],
                            field: column(0),
                            transformations: [
                              { type: 'INDIRECT', subtype: 'JOIN' },
                            ],
                          },
                        ]
                      : []),
                  ],
                },
              ]),
            ),
          }),
        },
      },
    ],
  };
}
