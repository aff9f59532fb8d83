import { RootConfigService } from '@backstage/backend-plugin-api';
import { durationToMilliseconds } from '@backstage/types';
import { readDurationFromConfig } from '@backstage/config';
import { JobLimits } from '@skein/job-runner';
import { defaultJobLimits, LocalJobExecutorOptions } from './jobs';

/** What the configuration says about running jobs; `config.d.ts` describes it. */
export interface JobsConfig {
  concurrency: number;
  sandbox: NonNullable<LocalJobExecutorOptions['sandbox']>;
  diskBytes?: number;
  limits: JobLimits;
}

/** Reads `campaigns.executor.local` and `campaigns.jobs`. */
export function readJobsConfig(config: RootConfigService): JobsConfig {
  const local = config.getOptionalConfig('campaigns.executor.local');
  const limits = config.getOptionalConfig('campaigns.jobs.limits');
  const megabytes = (key: string, otherwise: number) => {
    const value = limits?.getOptionalNumber(key);
    return value === undefined ? otherwise : value * 1024 ** 2;
  };
  return {
    concurrency: local?.getOptionalNumber('concurrency') ?? 2,
    sandbox: (local?.getOptionalString('sandbox') ??
      'auto') as JobsConfig['sandbox'],
    diskBytes: megabytes('diskMegabytes', 1024 ** 3),
    limits: {
      timeoutSeconds: limits?.has('timeout')
        ? durationToMilliseconds(
            readDurationFromConfig(limits, { key: 'timeout' }),
          ) / 1_000
        : defaultJobLimits.timeoutSeconds,
      memoryBytes: megabytes('memoryMegabytes', defaultJobLimits.memoryBytes),
      outputBytes: megabytes('outputMegabytes', defaultJobLimits.outputBytes),
      patchBytes: megabytes('patchMegabytes', defaultJobLimits.patchBytes),
    },
  };
}

/** Reads `campaigns.scope.refreshInterval`. @returns milliseconds; undefined for the default */
export function readScopeRefresh(
  config: RootConfigService,
): number | undefined {
  const key = 'campaigns.scope.refreshInterval';
  return config.has(key)
    ? durationToMilliseconds(readDurationFromConfig(config, { key }))
    : undefined;
}
