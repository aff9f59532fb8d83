import { RemoteCi } from '../ci';
import {
  catalogReviewers,
  githubWriteLimits,
  Publisher,
  WriteGovernor,
} from '../publishing';
import { Forges, RepositoryMirrors } from '../repositories';
import { ServicesOptions } from './ServicesOptions';

/** Starts all that writes to forges: pull requests and scratch branches, at one pace. */
export async function startPublishing(
  options: ServicesOptions,
  forges: Forges,
  mirrors: RepositoryMirrors,
): Promise<{ stop(): Promise<void> }> {
  const { changes, knex, logger } = options;
  const governor = WriteGovernor.create({
    knex,
    limits: {
      ...githubWriteLimits,
      minimumInterval:
        options.config.getOptionalNumber(
          'campaigns.publishing.minimumWriteIntervalMilliseconds',
        ) ?? githubWriteLimits.minimumInterval,
    },
  });
  const publisher = startPublisher(options, forges, mirrors, governor);
  const ci = await RemoteCi.start({
    knex,
    forges,
    mirrors,
    governor,
    changes,
    events: options.events,
    logger,
  });
  return {
    async stop() {
      await Promise.all([publisher.stop(), ci.stop()]);
    },
  };
}

function startPublisher(
  options: ServicesOptions,
  forges: Forges,
  mirrors: RepositoryMirrors,
  governor: WriteGovernor,
): Publisher {
  const { auth, catalog, changes, config, knex, logger } = options;
  const portal = config.getString('app.baseUrl').replace(/\/$/, '');
  return Publisher.start({
    knex,
    forges,
    mirrors,
    governor,
    changes,
    logger,
    // Renewed while it is held; after a crash the next process waits this long.
    leaseMilliseconds: 30_000,
    ownerReviewers: catalogReviewers({ catalog, auth }),
    targetUrl: (campaign, targetId) =>
      `${portal}/campaigns/${campaign}/targets/${targetId}`,
  });
}
