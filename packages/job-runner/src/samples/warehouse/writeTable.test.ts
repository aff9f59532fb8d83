import { columnTypesOf } from './columnTypes';
import { Warehouse } from './Warehouse';
import { writeTable } from './writeTable';

describe('sample rows in DuckDB', () => {
  let warehouse: Warehouse;
  let count = 0;
  beforeAll(async () => {
    warehouse = await Warehouse.open();
  });
  afterAll(() => warehouse.close());

  async function load(
    declared: Record<string, string>,
    rows: Array<Record<string, unknown>>,
  ) {
    count += 1;
    const columns = columnTypesOf(declared, rows);
    for (const statement of writeTable(`t${count}`, columns, rows)) {
      await warehouse.execute(statement);
    }
    return warehouse.query(`SELECT * FROM t${count}`);
  }

  it('has the types that a schema tells, nested and repeated ones too', async () => {
    const { rows, types } = await load(
      {
        ID: 'INT64',
        price: 'NUMERIC(10, 2)',
        at: 'TIMESTAMP',
        local: 'DATETIME',
        address: 'RECORD',
        'address.city': 'STRING',
        'address.geo': 'STRUCT<lat FLOAT64, lon FLOAT64>',
        consents: 'ARRAY<RECORD>',
        'consents.purpose': 'STRING',
        tags: 'ARRAY<STRING>',
      },
      [
        {
          id: '9007199254740993',
          Price: '12.5',
          at: '2026-03-01T10:00:00+02:00',
          local: '2026-03-01T10:00:00',
          address: { city: "l'Orme", geo: { lat: 1.5, lon: null } },
          consents: [{ purpose: 'news' }],
          tags: [],
        },
        {},
      ],
    );
    expect(types).toEqual([
      'BIGINT',
      'DECIMAL(10,2)',
      'TIMESTAMP WITH TIME ZONE',
      'TIMESTAMP',
      'STRUCT("city" VARCHAR, "geo" STRUCT("lat" DOUBLE, "lon" DOUBLE))',
      'STRUCT("purpose" VARCHAR)[]',
      'VARCHAR[]',
    ]);
    expect(rows).toEqual([
      [
        '9007199254740993',
        '12.50',
        '2026-03-01 08:00:00+00',
        '2026-03-01 10:00:00',
        { city: "l'Orme", geo: { lat: 1.5, lon: null } },
        [{ purpose: 'news' }],
        [],
      ],
      [null, null, null, null, null, null, null],
    ]);
  });

  it('has the types that the values tell where nothing else does', async () => {
    const { names, types } = await load({ a: 'DATE' }, [
      { a: null, n: 1, f: 1, b: true, l: [{ x: 1 }], o: { Y: 'a' }, e: null },
      { n: 2, f: 1.5, B: false },
    ]);
    expect(
      Object.fromEntries(names.map((name, at) => [name, types[at]])),
    ).toEqual({
      a: 'DATE',
      n: 'BIGINT',
      f: 'DOUBLE',
      b: 'BOOLEAN',
      l: 'STRUCT("x" BIGINT)[]',
      o: 'STRUCT("y" VARCHAR)',
      e: 'VARCHAR',
    });
  });

  it('takes many rows, and names and texts that look like SQL', async () => {
    const rows = Array.from({ length: 1_000 }, (_each, at) => ({
      'a"b': `'); DROP TABLE t; -- ${at}`,
    }));
    const result = await load({}, rows);
    expect(result.rows).toHaveLength(1_000);
    expect(result.rows[999]).toEqual(["'); DROP TABLE t; -- 999"]);
  });

  it('refuses a value that does not fit', async () => {
    await expect(load({ a: 'INT64' }, [{ a: 'x' }])).rejects.toThrow(
      'Could not convert',
    );
  });
});
