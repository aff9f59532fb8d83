import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { createServer } from 'http';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { buildRunner } from '../__testUtils__/buildRunner';
import { runSampleProcess } from './runSampleProcess';
import { SampleRequest } from './types';
import { Warehouse } from './warehouse/Warehouse';

describe('a query that wants more than sample rows', () => {
  let folder: string;
  let warehouse: Warehouse;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'skein-hostile-'));
    writeFileSync(join(folder, 'secret.csv'), 'secret\nhunter2\n');
    warehouse = await Warehouse.open();
  });
  afterAll(() => {
    warehouse.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    "select * from '{folder}/secret.csv'",
    "select * from read_csv('{folder}/secret.csv')",
    "select * from read_csv_auto('{folder}/secret.csv')",
    "select * from read_text('{folder}/secret.csv')",
    "select * from read_blob('/proc/self/environ')",
    "select * from read_json('{folder}/secret.csv')",
    "select * from read_parquet('{folder}/secret.csv')",
    "select * from sniff_csv('{folder}/secret.csv')",
    "select * from glob('{folder}/*')",
    "select * from parquet_metadata('{folder}/secret.csv')",
    "select getenv('HOME')",
    "copy (select 1) to '{folder}/written.csv'",
    "export database '{folder}/written'",
    "attach '{folder}/written.db' as other",
    'install httpfs',
    'load httpfs',
    "load '{folder}/secret.csv'",
    'set enable_external_access = true',
    "set memory_limit = '100GB'",
    'set threads = 64',
    'pragma enable_profiling',
    'create table t as select 1',
    'select 1; create table t as select 1',
    'checkpoint',
    'explain analyze select 1',
  ])('gets nothing: %s', async written => {
    const sql = written.replace('{folder}', folder);
    await expect(warehouse.query(sql)).rejects.toThrow();
    for (const name of ['written.csv', 'written', 'written.db']) {
      expect(existsSync(join(folder, name))).toBe(false);
    }
    expect((await warehouse.query('select 1')).rows).toEqual([[1]]);
  });

  it('reaches no server', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests += 1;
      response.end('a\n1\n');
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    for (const read of ['read_csv', 'read_text', 'read_json', 'read_parquet']) {
      await expect(
        warehouse.query(
          `select * from ${read}('http://127.0.0.1:${port}/a.csv')`,
        ),
      ).rejects.toThrow();
    }
    await new Promise(done => server.close(done));
    expect(requests).toBe(0);
  });

  it('is ended where it takes too much memory', async () => {
    await expect(
      warehouse.query(
        'select count(*) from (select distinct a, repeat(a::varchar, 100) from range(100000000) as t(a))',
      ),
    ).rejects.toThrow(/Out of Memory|could not allocate|failed to allocate/i);
    expect((await warehouse.query('select 1')).rows).toEqual([[1]]);
  });

  it('is ended where it takes too long', async () => {
    await expect(
      warehouse.query(
        'select count(*) from range(1000000) a, range(1000000) b where a.range * b.range = 7',
      ),
    ).rejects.toThrow('it takes longer than 10 s');
    expect((await warehouse.query('select 1')).rows).toEqual([[1]]);
  });

  it('gives no more rows than are read', async () => {
    const { cut, rows } = await warehouse.query(
      'select * from range(10000000)',
    );
    expect([cut, rows.length]).toEqual([true, 10_000]);
  });
});

describe('a text that ends its process', () => {
  let runnerFile: string;
  beforeAll(() => {
    runnerFile = buildRunner();
  });
  afterAll(() => rmSync(dirname(runnerFile), { recursive: true }));

  const request = (
    files: Record<string, string>,
    after?: Record<string, string>,
  ): Omit<SampleRequest, 'skip'> => {
    const texts = (of: Record<string, string>) =>
      Object.entries(of).map(([path, content]) => ({ path, content }));
    return {
      before: texts(files),
      ...(after && { after: texts(after) }),
      samples: { tables: { 'acme.d.users_v1': { rows: [{ a: 1 }] } } },
      schemas: {},
      dialect: 'bigquery',
      defaultProject: 'acme',
      datasets: [{ from: 'acme.d.users_v1', to: 'acme.d.users_v2' }],
      outputs: 'preserve',
    };
  };
  const options = () => ({
    runnerFile,
    timeoutMilliseconds: 600_000,
    signal: new AbortController().signal,
  });
  const good = 'select a from d.users_v1';
  const endless = `${'{% for i in range(9999) %}'.repeat(
    6,
  )}x${'{% endfor %}'.repeat(6)} ${good}`;

  it('is left out, and the others are run', async () => {
    const { verdicts } = await runSampleProcess(
      request({ 'a.sql': good, 'b.sql': endless, 'c.sql': good }),
      { ...options(), silenceMilliseconds: 10_000 },
    );
    expect(verdicts).toHaveLength(3);
    expect(verdicts).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ file: 'a.sql', outcome: 'ran' }),
        expect.objectContaining({
          file: 'b.sql',
          outcome: 'skipped',
          messages: ['it takes too long'],
        }),
        expect.objectContaining({ file: 'c.sql', outcome: 'ran' }),
      ]),
    );
  });

  it('is to blame where the text before did not', async () => {
    const { verdicts } = await runSampleProcess(
      request({ 'a.sql': good }, { 'a.sql': endless }),
      { ...options(), silenceMilliseconds: 10_000 },
    );
    expect(verdicts).toMatchObject([{ file: 'a.sql', outcome: 'different' }]);
  });

  it.each([
    ['a long range', '{% for i in range(9999999999) %}x{% endfor %}'],
    [
      'a macro that calls itself',
      '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
    ],
    [
      'a text that grows',
      `{% set a = 'xxxxxxxxxxxxxxxx' %}${'{% set a = a ~ a ~ a ~ a %}'.repeat(
        40,
      )}{{ a }}`,
    ],
    ['parentheses without end', '('.repeat(100_000)],
  ])('or cannot be read says nothing of others: %s', async (_name, text) => {
    const { verdicts } = await runSampleProcess(
      request({ 'a.sql': `${text} ${good}`, 'c.sql': good }),
      options(),
    );
    expect(verdicts.map(({ file, outcome }) => [file, outcome]).sort()).toEqual(
      [
        ['a.sql', 'skipped'],
        ['c.sql', 'ran'],
      ],
    );
  });

  it('is stopped by a person', async () => {
    const abort = new AbortController();
    const run = runSampleProcess(
      request({
        'a.sql':
          'select count(*) as n from d.users_v1, unnest(generate_array(1, 1000000)) as a, unnest(generate_array(1, 1000000)) as b where a * b = 7',
      }),
      { ...options(), signal: abort.signal },
    );
    abort.abort(new Error('stopped'));
    await expect(run).rejects.toThrow('stopped');
  });
});

describe('where DuckDB is not installed', () => {
  it('nothing is run, and it is said', async () => {
    const runnerFile = buildRunner({ packages: false });
    expect(
      await runSampleProcess(
        {
          before: [],
          samples: { tables: {} },
          schemas: {},
          dialect: 'bigquery',
          datasets: [],
          outputs: 'preserve',
        },
        {
          runnerFile,
          timeoutMilliseconds: 300_000,
          signal: new AbortController().signal,
        },
      ),
    ).toEqual({
      verdicts: [],
      unavailable: expect.stringContaining('@duckdb/node-api'),
    });
    rmSync(dirname(runnerFile), { recursive: true });
  });
});
