import { setTimeout as sleep } from 'timers/promises';
import { Campaign, Target } from '@skein/plugin-campaigns-common';
import { Owners } from '../owners/Owners';
import { Portal } from '../portal/Portal';
import { StartError } from '../StartError';
import { describeChanges } from './describeChanges';
import { Display } from './Display';
import { renderSummary } from './renderSummary';
import { summarize } from './summarize';

export const POLL_MS = 1000;
/** Polls that may fail in a row before it is worth ending. */
const FAILURES = 30;

export interface CampaignViewOptions {
  portal: Portal;
  campaign: string;
  owners: Owners;
  display: Display;
  signal: AbortSignal;
}

/** A campaign as it is now. */
export interface CampaignMoment {
  campaign: Campaign;
  targets: Target[];
}

/** Asks the portal for a campaign, tells what became of its targets, and lets the owners act. */
export class CampaignView {
  changedAt = Date.now();
  /** For the display. */
  picture: string[] = [];
  #before = new Map<string, Target['state']>();
  #fingerprint = '';
  #failures = 0;

  constructor(private readonly options: CampaignViewOptions) {}

  async refresh(): Promise<CampaignMoment> {
    const { portal, owners, display } = this.options;
    for (;;) {
      try {
        const campaign = await portal.campaigns.getCampaign(
          this.options.campaign,
        );
        const targets = await portal.targets(this.options.campaign);
        this.#tell(campaign, targets);
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

  #tell(campaign: Campaign, targets: Target[]): void {
    const { display, portal } = this.options;
    for (const line of describeChanges(this.#before, targets)) {
      display.say(line);
    }
    this.#before = new Map(targets.map(it => [it.id, it.state]));
    this.picture = renderSummary(summarize(campaign, targets), {
      portalUrl: `${portal.url}/campaigns/${campaign.name}`,
      columns: display.columns,
    });
    const fingerprint = JSON.stringify([
      campaign.state,
      targets.map(it => [it.id, it.state, it.pullRequest?.state]),
    ]);
    if (fingerprint !== this.#fingerprint) this.changedAt = Date.now();
    this.#fingerprint = fingerprint;
  }
}
