import { parseSampleTable } from './parseSampleTable';

const rows = [
  { user_id: '1', email: 'a@example.com' },
  { user_id: '2', email: null },
];

describe('parseSampleTable', () => {
  it('reads CSV, with types in the header', () => {
    expect(
      parseSampleTable(
        'user_id:INT64,email\n1,a@example.com\n2,\n',
        'users.csv',
      ),
    ).toEqual({ columns: { user_id: 'INT64' }, rows });
    expect(
      parseSampleTable('id,text\n1,"a,\n""b"""\n2,""\n', 'x.csv').rows,
    ).toEqual([
      { id: '1', text: 'a,\n"b"' },
      { id: '2', text: '' },
    ]);
  });

  it('reads JSON lines, with types in the first line', () => {
    expect(
      parseSampleTable(
        '{"$columns": {"device.os": "STRING"}}\n{"device": {"os": "ios"}}\n\n{"device": null}\n',
        'users.jsonl',
      ),
    ).toEqual({
      columns: { 'device.os': 'STRING' },
      rows: [{ device: { os: 'ios' } }, { device: null }],
    });
  });

  it('reads YAML, and what is in line', () => {
    expect(
      parseSampleTable('- { user_id: 1 }\n- { user_id: 2 }\n', 'users.yaml')
        .rows,
    ).toEqual([{ user_id: 1 }, { user_id: 2 }]);
    const table = { columns: { user_id: 'INT64' }, rows: [{ user_id: 1 }] };
    expect(parseSampleTable(table, undefined)).toEqual(table);
  });

  it.each<[string, unknown, string | undefined, string]>([
    ['no rows', 'user_id\n', 'a.csv', 'There is no row'],
    ['too many rows', Array(1_001).fill({ a: 1 }), undefined, 'at most 1000'],
    [
      'too long rows',
      [{ a: 'x'.repeat(300_000) }],
      undefined,
      'at most 262144',
    ],
    ['broken JSON', '{"a": 1}\n{"a"\n', 'a.jsonl', 'Line 2'],
    ['a row that is a list', '[1]\n', 'a.jsonl', 'Line 1 is no object'],
    ['broken CSV', 'a,b\n1\n', 'a.csv', 'Invalid Record Length'],
    ['broken YAML', 'a: [\n', 'a.yaml', 'Line'],
    ['words', 'nothing', undefined, 'a list of rows'],
    [
      'types that are none',
      { columns: { a: 1 }, rows: [{}] },
      undefined,
      "'a'",
    ],
  ])('refuses %s', (_name, content, file, message) => {
    expect(() => parseSampleTable(content, file)).toThrow(message);
  });

  it('refuses a column that the schema does not list', () => {
    const schema = {
      user_id: 'INT64',
      device: 'RECORD',
      'device.os': 'STRING',
    };
    expect(() =>
      parseSampleTable(
        [{ User_Id: 1, device: {} }, { usr_id: 1 }],
        undefined,
        schema,
      ),
    ).toThrow("Row 2 has a column 'usr_id' that the schema does not list");
  });
});
