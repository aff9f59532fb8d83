import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** Datasets that lineage knows, as Resources of type dataset. */
      campaigns?: {
        /** When to look for them. Default: a minute after the start, then every 10 minutes. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /** Namespace of the Resources. Default: `default`. */
        namespace?: string;
        /** Owner of datasets whose owner no source knows. Default: `unknown`. */
        defaultOwner?: string;
        /** Datasets at most, by name; the rest is left out, and the log says so. Default: 50,000. */
        limit?: number;
      };
    };
  };
}
