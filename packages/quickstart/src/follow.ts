import { setTimeout as sleep } from 'timers/promises';
import { Expectation } from './example/expectations';
import { compareWithExpected, Difference } from './outcome/compareWithExpected';
import { isAtRest } from './outcome/isAtRest';
import { Owners } from './owners/Owners';
import { CampaignMoment, CampaignView, POLL_MS } from './progress/CampaignView';
import { Display } from './progress/Display';

/** The same picture for so long is rest; between two of its steps a campaign is quicker. */
const REST_MS = 3000;

/** A campaign that is followed. */
export interface FollowedCampaign {
  view: CampaignView;
  owners: Owners;
  expectations: Expectation[];
}

export interface FollowOptions {
  display: Display;
  /** Without a change for so long, campaigns that are not at rest are stuck. */
  stuckSeconds: number;
  signal: AbortSignal;
}

/** How campaigns stand once nothing more happens. */
export interface Outcome {
  differences: Difference[];
  /** One was not at rest, but nothing changed for too long. */
  stuck: boolean;
}

/** Shows campaigns until all of them have come to rest, and plays their owners meanwhile. */
export async function followToRest(
  followed: FollowedCampaign[],
  { display, signal, stuckSeconds }: FollowOptions,
): Promise<Outcome> {
  for (;;) {
    const moments = await refresh(followed, display);
    const atRest = moments.every(({ campaign, targets }, index) =>
      isAtRest(campaign, targets, followed[index].owners.merging(targets)),
    );
    const changedAt = Math.max(...followed.map(({ view }) => view.changedAt));
    const quietMs = Date.now() - changedAt;
    const stuck = !atRest && quietMs > stuckSeconds * 1000;
    if (stuck || (atRest && quietMs > REST_MS)) {
      const differences = moments.flatMap(({ targets }, index) =>
        compareWithExpected(targets, followed[index].expectations),
      );
      return { differences, stuck };
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** Goes on showing campaigns, for as long as nobody ends it. */
export async function followOn(
  followed: FollowedCampaign[],
  { display, signal }: Pick<FollowOptions, 'display' | 'signal'>,
): Promise<never> {
  for (;;) {
    await refresh(followed, display);
    await sleep(POLL_MS, undefined, { signal });
  }
}

async function refresh(
  followed: FollowedCampaign[],
  display: Display,
): Promise<CampaignMoment[]> {
  const moments: CampaignMoment[] = [];
  for (const { view } of followed) moments.push(await view.refresh());
  display.show(followed.map(({ view }) => view.picture));
  return moments;
}
