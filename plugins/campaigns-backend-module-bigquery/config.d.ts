import { HumanDuration } from '@backstage/types';

export interface Config {
  campaigns?: {
    /** Columns of BigQuery tables, by the API's table metadata, which costs nothing. */
    bigquery?: {
      /**
       * Projects whose tables are asked for. Default: the project of every
       * dataset name that has three parts.
       */
      projects?: string[];
      /** Project of names that give none, and the one that requests are counted for. Default: that of the credentials. */
      project?: string;
      /** A file with credentials as Google writes it. Default: the application default credentials. */
      keyFile?: string;
      /** The same in line. @deepVisibility secret */
      credentials?: { [key: string]: unknown };
      /** Default: https://bigquery.googleapis.com. For private endpoints. */
      apiEndpoint?: string;
      /** Where several sources know a dataset, the highest is believed. Default: 10. */
      priority?: number;
      /** How long what it said is good for. Default: 6 hours. */
      maxAge?: string | HumanDuration;
    };
  };
}
