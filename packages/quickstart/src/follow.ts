import { setTimeout as sleep } from 'timers/promises';
import { Expectation } from './example/expectations';
import { compareWithExpected, Difference } from './outcome/compareWithExpected';
import { isAtRest } from './outcome/isAtRest';
import { Owners } from './owners/Owners';
import { CampaignView, POLL_MS } from './progress/CampaignView';

/** The same picture for so long is rest; between two of its steps a campaign is quicker. */
const REST_MS = 3000;

export interface FollowOptions {
  owners: Owners;
  expectations: Expectation[];
  /** Without a change for so long, a campaign that is not at rest is stuck. */
  stuckSeconds: number;
  signal: AbortSignal;
}

/** How a campaign stands once nothing more happens. */
export interface Outcome {
  differences: Difference[];
  /** It was not at rest, but nothing changed for too long. */
  stuck: boolean;
}

/** Shows a campaign until it has come to rest, and plays its owners meanwhile. */
export async function followToRest(
  view: CampaignView,
  options: FollowOptions,
): Promise<Outcome> {
  const { owners, expectations, stuckSeconds, signal } = options;
  for (;;) {
    const { campaign, targets } = await view.refresh();
    const atRest = isAtRest(campaign, targets, owners.merging(targets));
    const quietMs = Date.now() - view.changedAt;
    const stuck = !atRest && quietMs > stuckSeconds * 1000;
    if (stuck || (atRest && quietMs > REST_MS)) {
      const differences = compareWithExpected(targets, expectations);
      return { differences, stuck };
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** Goes on showing a campaign, for as long as nobody ends it. */
export async function followOn(
  view: CampaignView,
  signal: AbortSignal,
): Promise<never> {
  for (;;) {
    await view.refresh();
    await sleep(POLL_MS, undefined, { signal });
  }
}
