import { HumanDuration } from '@backstage/types';

export interface Config {
  campaigns?: {
    openlineage?: {
      /**
       * Keys for OpenLineage clients, which send one as a bearer token. Services
       * with a token of Backstage's own (`backend.auth.externalAccess`) need none.
       */
      apiKeys?: Array<{
        /** Who has it, for the audit log. */
        name: string;
        /** At least 16 characters. @visibility secret */
        key: string;
      }>;
      /** Largest body, unpacked. Default: 10. */
      maxBodyMegabytes?: number;
      /** After this without being said again, an edge is shown as stale. Default: 7 days. */
      staleAfter?: string | HumanDuration;
      /** After this it goes. Default: 30 days. */
      expireAfter?: string | HumanDuration;
      /**
       * How datasets of a namespace are called, so that they are the same as
       * those of other sources; the first that matches counts. Datasets of
       * BigQuery, Snowflake, Redshift, Databricks and Athena go by their name
       * alone; all others by namespace and name.
       */
      namespaces?: Array<{
        /** Namespace of datasets; `*` stands for any text. */
        match: string;
        /** Comes before the name of a dataset; empty for the name alone. */
        prefix: string;
      }>;
      /** Where the code of jobs is, for those that do not say it themselves; the first that matches counts. */
      jobs?: Array<{
        /** Namespace of jobs; `*` stands for any text. */
        namespace: string;
        /** Name of jobs, in the same way. Default: all. */
        name?: string;
        /** As host/owner/name. */
        repository: string;
        /** Folder in it. Default: all of it. */
        path?: string;
      }>;

      /** A Marquez server whose lineage is read. */
      marquez?: {
        /** Of the server, without /api/v1. */
        baseUrl: string;
        /** Sent with each request. @deepVisibility secret */
        headers?: { [name: string]: string };
        /** Namespaces to read; `*` stands for any text. Default: all. */
        namespaces?: string[];
        /** How often, in seconds. Default: 1800. */
        intervalSeconds?: number;
      };
    };
  };
}
