import { setTimeout as sleep } from 'timers/promises';
import { Campaign, Target } from '@skein/plugin-campaigns-common';
import { Expectation } from './example/expectations';
import { compareWithExpected, Difference } from './outcome/compareWithExpected';
import { isAtRest } from './outcome/isAtRest';
import { Owners } from './owners/Owners';
import { Portal } from './portal/Portal';
import { Display } from './progress/Display';
import { describeChanges } from './progress/describeChanges';
import { renderSummary } from './progress/renderSummary';
import { summarize } from './progress/summarize';
import { StartError } from './StartError';

const POLL_MS = 1000;
/** The same picture for so long is rest; between two of its steps a campaign is quicker. */
const REST_MS = 3000;
/** Polls that may fail in a row before it is worth ending. */
const FAILURES = 30;

export interface FollowOptions {
  portal: Portal;
  campaign: string;
  owners: Owners;
  expectations: Expectation[];
  display: Display;
  signal: AbortSignal;
  /** Without a change for so long, a campaign that is not at rest is stuck. */
  stuckSeconds: number;
}

/** How a campaign stands once nothing more happens. */
export interface Outcome {
  differences: Difference[];
  /** It was not at rest, but nothing changed for too long. */
  stuck: boolean;
}

/** Shows a campaign until it has come to rest, and plays its owners meanwhile. */
export async function followToRest(options: FollowOptions): Promise<Outcome> {
  const { owners, expectations, stuckSeconds, signal } = options;
  const view = new CampaignView(options);
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
export async function followOn(options: FollowOptions): Promise<never> {
  const view = new CampaignView(options);
  for (;;) {
    await view.refresh();
    await sleep(POLL_MS, undefined, { signal: options.signal });
  }
}

class CampaignView {
  changedAt = Date.now();
  #before = new Map<string, Target['state']>();
  #fingerprint = '';
  #failures = 0;

  constructor(private readonly options: FollowOptions) {}

  async refresh(): Promise<{ campaign: Campaign; targets: Target[] }> {
    const { portal, owners, display } = this.options;
    for (;;) {
      try {
        const campaign = await portal.campaigns.getCampaign(
          this.options.campaign,
        );
        const targets = await portal.targets(this.options.campaign);
        this.#show(campaign, targets);
        for (const line of await owners.act(targets)) display.say(line);
        this.#failures = 0;
        return { campaign, targets };
      } catch (error) {
        this.options.signal.throwIfAborted();
        this.#failures += 1;
        if (this.#failures >= FAILURES) {
          throw new StartError(
            `The portal cannot be asked any more: ${(error as Error).message}`,
          );
        }
      }
      await sleep(POLL_MS, undefined, { signal: this.options.signal });
    }
  }

  #show(campaign: Campaign, targets: Target[]): void {
    const { display, portal } = this.options;
    for (const line of describeChanges(this.#before, targets)) {
      display.say(line);
    }
    this.#before = new Map(targets.map(it => [it.id, it.state]));
    display.show(
      renderSummary(summarize(campaign, targets), {
        portalUrl: `${portal.url}/campaigns/${campaign.name}`,
        columns: display.columns,
      }),
    );
    const fingerprint = JSON.stringify([
      campaign.state,
      targets.map(it => [it.id, it.state, it.pullRequest?.state]),
    ]);
    if (fingerprint !== this.#fingerprint) this.changedAt = Date.now();
    this.#fingerprint = fingerprint;
  }
}
