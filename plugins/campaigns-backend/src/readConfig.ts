import { RootConfigService } from '@backstage/backend-plugin-api';
import { availableParallelism } from 'os';
import { durationToMilliseconds } from '@backstage/types';
import { readDurationFromConfig } from '@backstage/config';
import {
  AttemptLimits,
  defaultJobLimits,
  LocalJobExecutorOptions,
} from './jobs';

/** What the configuration says about running jobs; `config.d.ts` describes it. */
export interface JobsConfig {
  concurrency: number;
  sandbox: NonNullable<LocalJobExecutorOptions['sandbox']>;
  controlGroups: NonNullable<LocalJobExecutorOptions['controlGroups']>;
  diskBytes?: number;
  user?: number;
  dangerouslyRunJobsAsRoot?: boolean;
  limits: AttemptLimits;
}

/** Reads `campaigns.executor.local` and `campaigns.jobs`. */
export function readJobsConfig(config: RootConfigService): JobsConfig {
  const local = config.getOptionalConfig('campaigns.executor.local');
  const limits = config.getOptionalConfig('campaigns.jobs.limits');
  const megabytes = (key: string, otherwise: number) => {
    const value = limits?.getOptionalNumber(key);
    return value === undefined ? otherwise : value * 1024 ** 2;
  };
  const seconds = (key: string) =>
    limits?.has(key)
      ? durationToMilliseconds(readDurationFromConfig(limits, { key })) / 1_000
      : undefined;
  const concurrency = local?.getOptionalNumber('concurrency') ?? 2;
  const timeoutSeconds = seconds('timeout') ?? defaultJobLimits.timeoutSeconds;
  return {
    concurrency,
    sandbox: (local?.getOptionalString('sandbox') ??
      'auto') as JobsConfig['sandbox'],
    controlGroups: (local?.getOptionalString('controlGroups') ??
      'auto') as JobsConfig['controlGroups'],
    user: local?.getOptionalNumber('user'),
    dangerouslyRunJobsAsRoot: local?.getOptionalBoolean(
      'dangerouslyRunJobsAsRoot',
    ),
    diskBytes: megabytes('diskMegabytes', 1024 ** 3),
    limits: {
      timeoutSeconds,
      cpuSeconds:
        seconds('cpuTime') ??
        Math.round(
          timeoutSeconds * Math.max(1, availableParallelism() / concurrency),
        ),
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
