import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { init, parse as parseSql, Dialect } from '@polyglot-sql/sdk';
import { parse } from 'yaml';

interface SqlTrap {
  trap: string;
  from?: string;
  to?: string;
  path?: string;
  options?: { dialect?: string };
}

const DIALECTS: Record<string, Dialect> = {
  bigquery: Dialect.BigQuery,
  snowflake: Dialect.Snowflake,
  postgres: Dialect.PostgreSQL,
  spark: Dialect.Spark,
  trino: Dialect.Trino,
};

const traps = readdirSync(__dirname)
  .filter(name => name.endsWith('.yaml') && name !== 'mapping.yaml')
  .flatMap(
    name => parse(readFileSync(join(__dirname, name), 'utf8')) as SqlTrap[],
  )
  .filter(
    ({ from, to, path }) =>
      from !== undefined &&
      to !== undefined &&
      path === undefined &&
      !/\{[{%]/.test(from),
  );

/** An independent parser says the same of the text before and after. */
describe('results of the traps', () => {
  beforeAll(() => init());

  it('parse wherever the input does', () => {
    const dialectOf = (trap: SqlTrap) =>
      DIALECTS[trap.options?.dialect ?? 'bigquery'];
    const parsed = traps.filter(
      trap => parseSql(trap.from!, dialectOf(trap)).success,
    );
    const broken = parsed.filter(
      trap => !parseSql(trap.to!, dialectOf(trap)).success,
    );
    expect(parsed.length).toBeGreaterThan(150);
    expect(broken.map(({ trap, to }) => ({ trap, to }))).toEqual([]);
  });
});
