import fc from 'fast-check';
import { DatasetSchemaRow } from '../database/operations/schemas/tables';
import { mergeSchemas } from './mergeSchemas';

const row = (
  provider: string,
  dataset: string,
  state: DatasetSchemaRow['state'],
  columns?: object,
): DatasetSchemaRow => ({
  id: `${provider} ${dataset}`,
  provider,
  dataset,
  state,
  columns: columns ? JSON.stringify(columns) : null,
  message: state === 'failed' ? 'it is down' : null,
  read_at: state === 'waiting' || state === 'failed' ? null : '1790000000000',
  wanted_until: 0,
  next_at: 0,
  ticket: null,
});
const providers = [
  { id: 'dbt', title: 'dbt' },
  { id: 'bigquery', title: 'BigQuery', priority: 10 },
];

describe('mergeSchemas', () => {
  it('believes the campaign, then the provider with the highest priority that knows', () => {
    const { schemas, origins } = mergeSchemas(
      ['a.b.old', 'a.b.new', 'a.b.new', 'a.b.gone', 'a.b.else', 'a.b.down'],
      { 'a.b.old': { id: 'INT64' } },
      [
        row('bigquery', 'a.b.old', 'known', { id: 'STRING', more: 'STRING' }),
        row('dbt', 'a.b.new', 'known', { id: 'NUMERIC' }),
        row('bigquery', 'a.b.new', 'known', { id: 'STRING', at: 'DATE' }),
        row('dbt', 'a.b.gone', 'unknown'),
        row('bigquery', 'a.b.gone', 'missing'),
        row('dbt', 'a.b.down', 'waiting'),
        row('bigquery', 'a.b.down', 'failed'),
      ],
      providers,
    );
    expect(schemas).toEqual({
      'a.b.old': { id: 'INT64' },
      'a.b.new': { id: 'STRING', at: 'DATE' },
    });
    const readAt = new Date(1790000000000).toISOString();
    expect(origins).toEqual([
      { dataset: 'a.b.old', state: 'known', source: 'Campaign', columns: 1 },
      {
        dataset: 'a.b.new',
        state: 'known',
        source: 'BigQuery',
        columns: 2,
        readAt,
      },
      { dataset: 'a.b.gone', state: 'missing', source: 'BigQuery', readAt },
      { dataset: 'a.b.else', state: 'unknown' },
      { dataset: 'a.b.down', state: 'waiting', source: 'dbt' },
    ]);
  });

  it('says of each dataset one thing, and knows columns exactly where it says so', () => {
    const datasets = ['a', 'b', 'c'];
    const rows = fc.uniqueArray(
      fc
        .record({
          provider: fc.constantFrom('dbt', 'bigquery', 'not installed'),
          dataset: fc.constantFrom(...datasets),
          state: fc.constantFrom<DatasetSchemaRow['state']>(
            'known',
            'missing',
            'waiting',
            'failed',
            'unknown',
          ),
        })
        .map(({ provider, dataset, state }) =>
          row(
            provider,
            dataset,
            state,
            state === 'known' ? { x: 'DATE' } : undefined,
          ),
        ),
      { selector: each => each.id },
    );
    fc.assert(
      fc.property(rows, given => {
        const { schemas, origins } = mergeSchemas(
          datasets,
          {},
          given,
          providers,
        );
        expect(origins.map(({ dataset }) => dataset)).toEqual(datasets);
        expect(Object.keys(schemas)).toEqual(
          origins
            .filter(({ state }) => state === 'known')
            .map(each => each.dataset),
        );
      }),
    );
  });
});
