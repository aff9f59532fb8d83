import { storeExpectedTimes } from '../database/operations/publications/storeExpectedTimes';
import { PublishingOptions } from './PublishingOptions';

/** No oftener than this: the times are for people. */
const INTERVAL_MILLISECONDS = 2_000;

/** Tells every target that waits for its pull request when to expect it. */
export class ExpectedTimes {
  readonly #options: PublishingOptions;
  #refreshedAt = 0;

  private constructor(options: PublishingOptions) {
    this.#options = options;
  }

  static create(options: PublishingOptions): ExpectedTimes {
    return new ExpectedTimes(options);
  }

  async refresh(): Promise<void> {
    if (Date.now() - this.#refreshedAt < INTERVAL_MILLISECONDS) return;
    this.#refreshedAt = Date.now();
    const { changes, forges, governor, knex } = this.#options;
    for (const forge of forges.all()) {
      const changed = await storeExpectedTimes(
        knex,
        forge.hosts(),
        await governor.expectedTimes(forge.identity),
      );
      for (const target of changed) {
        changes.notify({
          campaignId: target.campaign_id,
          targetId: target.id,
        });
      }
    }
  }
}
