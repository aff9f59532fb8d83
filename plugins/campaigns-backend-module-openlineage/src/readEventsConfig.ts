import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';

/** How events are taken and kept. */
export interface EventsConfig {
  maxBodyBytes: number;
  staleAfterSeconds: number;
  expireAfterSeconds: number;
}

/** @throws InputError where edges would go before they are stale */
export function readEventsConfig(config: Config): EventsConfig {
  const section = config.getOptionalConfig('campaigns.openlineage');
  const secondsOf = (key: string, otherwise: HumanDuration) =>
    durationToMilliseconds(
      section?.has(key) ? readDurationFromConfig(section, { key }) : otherwise,
    ) / 1000;
  const staleAfterSeconds = secondsOf('staleAfter', { days: 7 });
  const expireAfterSeconds = secondsOf('expireAfter', { days: 30 });
  if (expireAfterSeconds < staleAfterSeconds) {
    throw new InputError(
      'campaigns.openlineage.expireAfter is shorter than staleAfter: what goes would never be seen as stale',
    );
  }
  const megabytes = section?.getOptionalNumber('maxBodyMegabytes') ?? 10;
  return {
    maxBodyBytes: megabytes * 1024 * 1024,
    staleAfterSeconds,
    expireAfterSeconds,
  };
}
