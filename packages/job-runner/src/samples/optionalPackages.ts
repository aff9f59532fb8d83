/* eslint-disable @backstage/no-undeclared-imports, global-require --
   The rule does not know optionalDependencies. These are optional, since DuckDB
   has no binary for every machine: where one is not there, nothing else is lost. */

/** @throws Error where DuckDB is not installed, or has no binary for this machine */
export const loadDuckDb = (): typeof import('@duckdb/node-api') =>
  require('@duckdb/node-api');

/** @throws Error where it is not installed */
export const loadPolyglot = (): typeof import('@polyglot-sql/sdk') =>
  require('@polyglot-sql/sdk');
