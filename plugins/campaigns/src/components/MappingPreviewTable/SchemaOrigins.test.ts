import { SchemaOrigin } from '@skein/plugin-campaigns-common';
import { describeOrigin } from './SchemaOrigins';

const now = Date.parse('2026-11-21T12:00:00Z');
const readAt = '2026-11-21T10:00:00Z';

describe('describeOrigin', () => {
  it.each<[Omit<SchemaOrigin, 'dataset'>, string]>([
    [
      { state: 'known', source: 'Campaign', columns: 14 },
      '14 columns, as the campaign says',
    ],
    [
      { state: 'known', source: 'BigQuery', columns: 1, readAt },
      '1 column, as BigQuery said 2 h ago',
    ],
    [
      {
        state: 'known',
        source: 'BigQuery',
        columns: 2,
        readAt,
        message: 'no route',
      },
      '2 columns, as BigQuery said 2 h ago; reading it again failed: no route',
    ],
    [
      { state: 'missing', source: 'BigQuery', readAt },
      'BigQuery had no such table 2 h ago',
    ],
    [
      { state: 'failed', source: 'Warehouse', message: 'wrong password' },
      'Warehouse could not be asked for its columns: wrong password',
    ],
    [
      { state: 'unknown' },
      'its columns are not known, so nothing is checked against them',
    ],
  ])('says of %j that %s', (origin, expected) => {
    expect(describeOrigin({ dataset: 'a.b.c', ...origin }, now)).toBe(expected);
  });
});
