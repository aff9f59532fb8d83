import { HumanDuration } from '@backstage/types';

export interface Config {
  campaigns?: {
    /**
     * Folder for mirrors of repositories; a cache that may be deleted at any
     * time. Default: a folder below `backend.workingDirectory`, or below the
     * system's temporary folder.
     */
    workingDirectory?: string;

    scope?: {
      /**
       * How often running campaigns look for consumers that came, went or
       * changed. Default: 6 hours.
       */
      refreshInterval?: string | HumanDuration;
    };

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
        /**
         * `auto` (default) runs each job in a control group of its own where
         * this machine lets the back end make some, `off` never does.
         */
        controlGroups?: 'auto' | 'off';
        /**
         * As whom jobs run, and their group, where the back end runs as root:
         * the number of an ordinary user that nobody else is. Default: 65,533.
         */
        user?: number;
        /**
         * Lets jobs, the code of repositories that is, run as root of this
         * machine or container where the back end does. Default: it refuses to
         * start where it cannot change the user.
         */
        dangerouslyRunJobsAsRoot?: boolean;
      };
    };

    jobs?: {
      /** Of one attempt of one job. */
      limits?: {
        /** Wall-clock time. Default: 45 minutes. */
        timeout?: string | HumanDuration;
        /**
         * Time on all processors, of all its processes together. Default: the
         * timeout, times the processors that there are for each of the jobs that
         * run at one time, at least one.
         */
        cpuTime?: string | HumanDuration;
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

    /** The gateway to a model; a module, for example Claude's, connects one. */
    model?: {
      /** Models that may be asked for beside the connected one's default. Each needs a price. */
      models?: string[];
      /** Of the prices and of all budgets, an ISO code. Default: USD. */
      currency?: string;
      /**
       * Prices per million tokens. Claude's list prices of November 2026 are
       * built in: check yours. Budgets are as true as these.
       */
      prices?: Array<{
        model: string;
        input: number;
        output: number;
        /** Writing to the cache for five minutes. Default: 1.25 times the input. */
        cacheWrite5m?: number;
        /** Writing to the cache for an hour. Default: twice the input. */
        cacheWrite1h?: number;
        /** Reading from the cache. Default: a tenth of the input. */
        cacheRead?: number;
        /** Where long prompts have other prices. */
        longPrompt?: {
          /** Tokens of the whole input, cached or not. */
          aboveTokens: number;
          input: number;
          output: number;
          cacheWrite5m?: number;
          cacheWrite1h?: number;
          cacheRead?: number;
        };
      }>;
      /**
       * For campaigns that do not say themselves. Default: 10 for each job, the
       * rest without a bound.
       */
      budget?: {
        /** Of a whole campaign. */
        amount?: number;
        perRun?: number;
        perJob?: number;
        /** The same in tokens of all kinds. */
        tokens?: { amount?: number; perRun?: number; perJob?: number };
      };
      /**
       * Calls of one process at one time. Fewer when the provider refuses, until
       * it takes more again. Default: 16.
       */
      concurrency?: number;
      /**
       * Calls of all processes together at one time, for a provider that allows
       * so many. Default: each process has its own bound alone. A pause that the
       * provider asks for is kept by all of them in any case.
       */
      sharedConcurrency?: number;
      /** How long one call is tried again while the provider is overloaded. Default: 10 minutes. */
      patience?: string | HumanDuration;
      /** How long a call may wait for money that other calls have reserved. Default: 10 minutes. */
      budgetPatience?: string | HumanDuration;
      /** Most output tokens that any call may ask for. Default: 64,000. */
      maxTokens?: number;
      /** Size of one request. Default: 8. */
      requestMegabytes?: number;
      /** Of cost estimates. */
      estimate?: {
        /** Targets that are looked at. Default: 10. */
        sampleSize?: number;
        /** Model calls of one target, where no earlier job tells. Default: 12. */
        callsPerTarget?: number;
        /** Output tokens of one call, likewise. Default: 800. */
        outputTokensPerCall?: number;
        /** Input tokens that each call adds to the next one's, likewise. Default: 2,000. */
        growthTokensPerCall?: number;
      };
    };

    /**
     * Where the columns of datasets are known from, beside the files of a
     * campaign; modules bring further sources. Several may know a dataset: the
     * one with the highest priority is believed.
     */
    schemas?: {
      /** Warehouses with SQL, asked for their INFORMATION_SCHEMA. */
      warehouses?: Array<{
        /** Stable, unique. */
        id: string;
        /** For people. Default: the id. */
        title?: string;
        /** As knex calls it, for example `pg`; its driver must be installed. */
        client: string;
        /**
         * As the driver wants it; a user that may read INFORMATION_SCHEMA is enough.
         * @deepVisibility secret
         */
        connection: string | { [key: string]: unknown };
        /** First part of the names of datasets that are in it. Default: the name of its database. */
        catalog?: string;
        /** Default: 0. */
        priority?: number;
        /** How long what it said is good for. Default: 6 hours. */
        maxAge?: string | HumanDuration;
      }>;
    };

    /**
     * What agents of campaigns may have beside their own tools. A campaign asks
     * for each by name (`agent: { skills: [...], mcp: [...] }`); nothing is on
     * by itself.
     */
    agent?: {
      /** Texts that are put into the prompt. */
      skills?: Array<{ name: string; text: string }>;
      /**
       * MCP servers over standard input and output, started inside of the
       * sandbox: their programs must be installed where jobs run, and they have
       * no network.
       */
      mcpServers?: Array<{ name: string; command: string[] }>;
    };

    telemetry?: {
      /**
       * Sends the spans of agents (GenAI semantic conventions) to an OTLP
       * receiver of their own, over HTTP. Without this they go to the
       * OpenTelemetry SDK that runs in this process, if there is one.
       */
      otlp?: {
        /** As `http://collector:4318/v1/traces`. Default: what the OTEL_EXPORTER_OTLP_ variables say. */
        url?: string;
        /** @deepVisibility secret */
        headers?: { [name: string]: string };
        /** Default: skein. */
        serviceName?: string;
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

    repositories?: {
      /**
       * Disk that the mirrors of repositories may take together. The least
       * recently used go first; what is in use never does. Default: 20,480.
       */
      diskMegabytes?: number;
    };

    codeSearch?: {
      /** What each source gets to answer a search of a person. Default: 1 minute. */
      timeout?: string | HumanDuration;
      /** Looks into mirrors of all repositories of the catalog. */
      builtIn?: {
        /** Default: true. Off, only what modules bring is asked. */
        enabled?: boolean;
      };
    };

    /** Rules that tell further frameworks, before the built-in ones. */
    frameworks?: Array<{
      name: string;
      /** Patterns as in .gitignore; the folder of a matching file is a target. */
      files: string[];
    }>;
  };
}
