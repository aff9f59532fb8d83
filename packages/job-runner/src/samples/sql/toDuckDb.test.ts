import { loadPolyglot } from '../optionalPackages';
import { Warehouse } from '../warehouse/Warehouse';
import { replaceCalls } from './replaceCalls';
import { toDuckDb, Transpile } from './toDuckDb';

describe("BigQuery's SQL in DuckDB", () => {
  let warehouse: Warehouse;
  let transpile: Transpile;
  beforeAll(async () => {
    const polyglot = loadPolyglot();
    await polyglot.init();
    transpile = polyglot.transpile as Transpile;
    warehouse = await Warehouse.open();
    await warehouse.execute(
      "CREATE TABLE t AS SELECT 7 AS a, 'a,b' AS s, TIMESTAMPTZ '2026-03-08 23:30:00+00' AS ts, DATE '2026-03-04' AS d, [{'x': 1, 'y': 'p'}, {'x': 2, 'y': 'q'}] AS items",
    );
  });
  afterAll(() => warehouse.close());

  it.each<[string, unknown]>([
    ["REGEXP_CONTAINS(s, r'^a')", true],
    ["REGEXP_CONTAINS(s, r'b')", true],
    ["FORMAT('%s-%d', s, a)", 'a,b-7'],
    ["DATE(ts, 'Europe/Berlin')", '2026-03-09'],
    ['DATE(ts)', '2026-03-08'],
    ["PARSE_DATE('%Y%m%d', '20260102')", '2026-01-02'],
    ['EXTRACT(DATE FROM ts)', '2026-03-08'],
    ["EXTRACT(HOUR FROM ts AT TIME ZONE 'Europe/Berlin')", '0'],
    ['DATE_TRUNC(d, WEEK(MONDAY))', '2026-03-02'],
    ['DATE_TRUNC(d, ISOWEEK)', '2026-03-02'],
    ["SPLIT(s, ',')[SAFE_OFFSET(1)]", 'b'],
    ['SAFE_DIVIDE(a, 0)', null],
    ['SAFE_CAST(s AS INT64)', null],
    ['ARRAY_LENGTH(items)', '2'],
    ["FARM_FINGERPRINT(s) = FARM_FINGERPRINT('a,b')", true],
    ['DATE_FROM_UNIX_DATE(1)', '1970-01-02'],
    ['DATE_ADD(d, INTERVAL a DAY)', '2026-03-11'],
    ['TO_HEX(SHA256(s)) IS NULL', false],
    ['STRUCT(a AS x, s AS y).y', 'a,b'],
    ["IF(a > 5, 'many', 'few')", 'many'],
    ['COUNTIF(a > 5)', '1'],
    ['ARRAY_AGG(s ORDER BY a LIMIT 1)[OFFSET(0)]', 'a,b'],
  ])('%s', async (expression, value) => {
    const sql = toDuckDb(
      `SELECT ${expression} AS v FROM t`,
      'bigquery',
      transpile,
    );
    const [[given]] = (await warehouse.query(sql)).rows;
    const day =
      typeof given === 'string' ? given.replace(' 00:00:00', '') : given;
    expect(day).toEqual(value);
  });

  it.each([
    'select t.a, i.x from t, unnest(t.items) as i',
    'select t.a, i.x from t left join unnest(t.items) as i',
    'select * except(items) from t qualify row_number() over (partition by s order by ts desc) = 1',
    'select as struct a, s from t',
  ])('%s', async query => {
    const sql = toDuckDb(query, 'bigquery', transpile);
    expect((await warehouse.query(sql)).rows.length).toBeGreaterThan(0);
  });

  it('says that it cannot be translated', () => {
    expect(() => toDuckDb('select from from', 'bigquery', transpile)).toThrow(
      'cannot be translated for DuckDB',
    );
    expect(() => toDuckDb('select 1; select 2', 'bigquery', transpile)).toThrow(
      'as one query',
    );
  });
});

describe('replaceCalls', () => {
  it.each([
    ['F(1, 2)', '[1|2]'],
    ['a.f(F(1), (2, 3)) + F()', 'a.f([1], (2, 3)) + []'],
    ["'F(1)' || \"F(2)\" || F('it''s (')", "'F(1)' || \"F(2)\" || ['it''s (']"],
    ['F(F(1), 2)', '[[1]|2]'],
    ['XF(1) + F (1)', 'XF(1) + F (1)'],
    ['F(1', '[]'],
  ])('%s', (sql, result) => {
    expect(replaceCalls(sql, 'F', args => `[${args.join('|')}]`)).toBe(result);
  });
});
