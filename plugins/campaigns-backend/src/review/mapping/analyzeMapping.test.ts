import { MappingTable, SourceFile } from '@skein/mapping-rewriter';
import { directResolver } from '../__testUtils__/directResolver';
import { analyzeMapping } from './analyzeMapping';

const mapping: MappingTable = {
  from: 'acme.d.users_v1',
  to: 'acme.d.users_v2',
  models: [{ from: 'stg_users_v1', to: 'stg_users_v2' }],
  columns: [
    { from: 'user_id', to: 'user_identifier' },
    { from: 'full_name', to: 'first_name' },
    { from: 'full_name', to: 'last_name' },
    { from: 'country', decision: 'person' },
    { from: 'age' },
  ],
};
const schemas = {
  'acme.d.users_v2': {
    user_identifier: 'STRING',
    first_name: 'STRING',
    last_name: 'STRING',
    market: 'STRING',
    city: 'STRING',
  },
};

async function messages(before: string, after: string): Promise<string[]> {
  const files = (content: string): SourceFile[] => [{ path: 'a.sql', content }];
  const findings = await analyzeMapping(
    directResolver,
    { mappings: [mapping], options: { schemas, leaveNotes: false } },
    {
      before: files(before),
      after: files(after),
      changed: new Set(['a.sql']),
    },
  );
  return findings
    .filter(({ gate }) => gate === 'mapping')
    .map(({ message, line }) => `${line}: ${message}`);
}

describe('analyzeMapping', () => {
  it.each([
    [
      'a rename',
      'select user_id from acme.d.users_v1',
      'select user_identifier from acme.d.users_v2',
    ],
    [
      'one of the columns that an old one was split into',
      'select full_name from acme.d.users_v1',
      'select last_name from acme.d.users_v2',
    ],
    [
      'a column that keeps its name',
      'select city from acme.d.users_v1',
      'select city from acme.d.users_v2',
    ],
    [
      'whatever replaces a column for which a person decides',
      'select country from acme.d.users_v1',
      'select market from acme.d.users_v2',
    ],
    [
      'what was read of the new dataset before',
      'select user_id, (select max(market) from acme.d.users_v2) from acme.d.users_v1',
      'select user_identifier, (select max(market) from acme.d.users_v2) from acme.d.users_v2',
    ],
    [
      'what stays for a person',
      'select country from acme.d.users_v1',
      'select country from acme.d.users_v1 -- ask',
    ],
    [
      'a rename behind a dbt model',
      "select user_id from {{ ref('stg_users_v1') }}",
      "select user_identifier from {{ ref('stg_users_v2') }}",
    ],
    [
      'what a warehouse adds to every table',
      'select city from acme.d.users_v1',
      'select city, _PARTITIONTIME from acme.d.users_v2',
    ],
    ['other tables', 'select a from acme.d.x', 'select b from acme.d.x'],
  ])('says nothing of %s', async (_, before, after) => {
    expect(await messages(before, after)).toEqual([]);
  });

  it('finds a column that the new dataset does not have', async () => {
    expect(
      await messages(
        'select user_id from acme.d.users_v1',
        'select user_identifier,\n  user_key from acme.d.users_v2',
      ),
    ).toEqual(["2: acme.d.users_v2 has no column 'user_key'"]);
  });

  it('finds a column that stands for nothing that was read', async () => {
    expect(
      await messages(
        'select user_id from acme.d.users_v1',
        'select user_identifier, market from acme.d.users_v2',
      ),
    ).toEqual([
      expect.stringContaining("reads 'market' of acme.d.users_v2, to which"),
    ]);
  });

  it('finds one replaced by another', async () => {
    expect(
      await messages(
        'select user_id, city from acme.d.users_v1',
        'select city as user_id, city from acme.d.users_v2',
      ),
    ).toEqual([
      expect.stringContaining(
        "'user_id' is mapped to 'user_identifier', which",
      ),
    ]);
  });
});
