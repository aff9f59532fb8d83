import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import { CampaignChanges } from './CampaignChanges';

/** Channel of the signals that pages listen to. */
const channel = 'campaigns';

/** Changes within this time are told once. */
const windowMilliseconds = 500;

/**
 * Tells open pages that a campaign changed, at most twice a second for each
 * campaign however busy it is.
 *
 * @returns a function that ends it
 */
export function publishSignals(options: {
  changes: CampaignChanges;
  signals: SignalsService;
  logger: LoggerService;
}): () => void {
  const { changes, signals, logger } = options;
  const waiting = new Map<string, NodeJS.Timeout>();
  const publish = (campaignId: string) => {
    waiting.delete(campaignId);
    signals
      .publish({
        recipients: { type: 'broadcast' },
        channel,
        message: { campaignId },
      })
      .catch(error => logger.warn('A signal was not sent', error));
  };
  const unsubscribe = changes.subscribe(({ campaignId }) => {
    if (waiting.has(campaignId)) return;
    waiting.set(
      campaignId,
      setTimeout(() => publish(campaignId), windowMilliseconds),
    );
  });
  return () => {
    unsubscribe();
    for (const timer of waiting.values()) clearTimeout(timer);
  };
}
