/* eslint-disable @backstage/no-undeclared-imports --
   The rule does not know optionalDependencies. These are optional, since DuckDB
   has no binary for every machine: where one is not there, nothing else is lost. */

/** @throws Error where DuckDB is not installed, or has no binary for this machine */
export const importDuckDb = () => import('@duckdb/node-api');

/** @throws Error where it is not installed */
export const importPolyglot = () => import('@polyglot-sql/sdk');
