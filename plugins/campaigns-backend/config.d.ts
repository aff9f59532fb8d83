import { HumanDuration } from '@backstage/types';

export interface Config {
  campaigns?: {
    /**
     * Folder for mirrors of repositories; a cache that may be deleted at any
     * time. Default: a folder below `backend.workingDirectory`, or below the
     * system's temporary folder.
     */
    workingDirectory?: string;

    executor?: {
      /** Runs jobs as child processes of the backend; the default. */
      local?: {
        /** Jobs at one time. Default: 2. */
        concurrency?: number;
        /**
         * `auto` (default) confines jobs with bubblewrap where it works,
         * `required` refuses to start where it does not, `off` never does.
         */
        sandbox?: 'auto' | 'required' | 'off';
      };
    };

    jobs?: {
      /** Of one attempt of one job. */
      limits?: {
        /** Wall-clock time. Default: 45 minutes. */
        timeout?: string | HumanDuration;
        /** Of all its processes together. Default: 2,048. */
        memoryMegabytes?: number;
        /** Disk that it may fill, with the executor `local`. Default: 1,024. */
        diskMegabytes?: number;
        /** Output of one check that is read. Default: 32. */
        outputMegabytes?: number;
        /** Default: 4. */
        patchMegabytes?: number;
      };
    };

    publishing?: {
      /**
       * Pause between two writes of one identity. Default: 1,000, as GitHub
       * asks. Less is for development forges.
       */
      minimumWriteIntervalMilliseconds?: number;
    };

    lineage?: {
      /**
       * How long what a source said is kept once no backend has that source any
       * more. Default: 30 days.
       */
      keepUninstalled?: string | HumanDuration;
      /** Lineage from the SQL of all repositories of the catalog. */
      sql?: {
        /** Default: true. */
        enabled?: boolean;
        /** How often to look for commits. Default: 30 minutes. */
        interval?: string | HumanDuration;
        /** The project of tables that are named as `dataset.table`. Default: the one that another source knows. */
        defaultProject?: string;
        /** Default: `bigquery`. */
        dialect?: 'bigquery' | 'snowflake' | 'postgres' | 'spark' | 'trino';
      };
    };

    /** How often to look at pull requests that no webhook tells of. */
    sync?: {
      /** For one that has just moved. Default: 30 seconds. */
      shortestInterval?: string | HumanDuration;
      /** For one that has been quiet for long. Default: 15 minutes. */
      longestInterval?: string | HumanDuration;
    };

    /** Rules that tell further frameworks, before the built-in ones. */
    frameworks?: Array<{
      name: string;
      /** Patterns as in .gitignore; the folder of a matching file is a target. */
      files: string[];
    }>;
  };
}
