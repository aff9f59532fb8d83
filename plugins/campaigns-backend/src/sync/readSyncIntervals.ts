import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { defaultSyncIntervals, SyncIntervals } from './nextSyncIn';

/** Reads `campaigns.sync`; `config.d.ts` describes it. */
export function readSyncIntervals(config: Config): SyncIntervals {
  const read = (key: string, otherwise: number) =>
    config.has(`campaigns.sync.${key}`)
      ? durationToMilliseconds(
          readDurationFromConfig(config, { key: `campaigns.sync.${key}` }),
        )
      : otherwise;
  return {
    shortest: read('shortestInterval', defaultSyncIntervals.shortest),
    longest: read('longestInterval', defaultSyncIntervals.longest),
  };
}
