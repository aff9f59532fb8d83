import path from 'path';
import {
  ExampleCampaign,
  exampleCampaigns,
  isLaunched,
} from './campaigns/exampleCampaigns';
import { estimate } from './campaigns/estimate';
import { launch, prepareCampaigns } from './campaigns/prepareCampaigns';
import { readExpectations } from './example/expectations';
import { Organisation, readOrganisation } from './example/Organisation';
import { FollowedCampaign, followOn, followToRest, Outcome } from './follow';
import { LocalForgeService } from './forge/LocalForgeService';
import { ModelChoice } from './model/chooseModel';
import { formatTable } from './outcome/formatTable';
import { Owners } from './owners/Owners';
import { Portal } from './portal/Portal';
import { Service } from './processes/Service';
import { CampaignView } from './progress/CampaignView';
import { createDisplay, Display } from './progress/Display';
import { startServices } from './startServices';
import { StateFolder } from './state/StateFolder';

const STUCK_SECONDS = 180;

export interface QuickstartOptions {
  checkout: string;
  state: StateFolder;
  port: number;
  forgePort: number;
  model: ModelChoice;
  once: boolean;
  /** Everything started is put here, for the caller to stop, last first. */
  services: Service[];
  signal: AbortSignal;
  output: NodeJS.WriteStream;
}

/** Starts all, launches the example campaigns, and follows them. @returns the exit code */
export async function quickstart(options: QuickstartOptions): Promise<number> {
  const { once, signal } = options;
  const examples = path.join(options.checkout, 'examples');
  const display = createDisplay(options.output);
  const organisation = readOrganisation(examples);
  const { forge, portal } = await startServices({
    ...options,
    display,
    examples,
    organisation,
  });
  await prepareCampaigns(portal, examples, signal);
  const followed: FollowedCampaign[] = [];
  for (const campaign of exampleCampaigns) {
    if (await isUnderWay(campaign, options.model, portal, display)) {
      followed.push(
        follow(campaign.name, {
          ...{ display, examples, forge, organisation, portal, signal },
        }),
      );
    }
  }
  const outcome = await followToRest(followed, {
    display,
    stuckSeconds: STUCK_SECONDS,
    signal,
  });
  describeOutcome(outcome).forEach(line => display.say(line));
  if (once) return outcome.differences.length === 0 ? 0 : 1;
  display.say(
    `The campaigns have come to rest. The portal stays at ${portal.url} until Ctrl-C.`,
  );
  return followOn(followed, { display, signal });
}

/** Launches a campaign that is the quickstart's to launch. @returns whether it has been launched, now or before */
async function isUnderWay(
  campaign: ExampleCampaign,
  model: ModelChoice,
  portal: Portal,
  display: Display,
): Promise<boolean> {
  const { name } = campaign;
  const { state } = await portal.campaigns.getCampaign(name);
  if (state !== 'draft') {
    display.say(`${name}: going on`);
    return true;
  }
  if (isLaunched(campaign, model)) {
    if (campaign.launch === 'standIn') {
      display.say(`${name}: ${await estimate(portal, name)}`);
    }
    await launch(portal, name);
    display.say(`${name}: launched`);
    return true;
  }
  display.say(
    `${name}: a draft, yours to launch: ${portal.url}/campaigns/${name}`,
  );
  return false;
}

function follow(
  campaign: string,
  parts: {
    display: Display;
    examples: string;
    forge: LocalForgeService;
    organisation: Organisation;
    portal: Portal;
    signal: AbortSignal;
  },
): FollowedCampaign {
  const { display, examples, forge, organisation, portal, signal } = parts;
  const expectations = readExpectations(examples, campaign);
  const owners = new Owners(organisation, expectations, request =>
    forge.merge(request),
  );
  const view = new CampaignView({ portal, campaign, owners, display, signal });
  return { view, owners, expectations };
}

function describeOutcome({ differences, stuck }: Outcome): string[] {
  const lines = stuck
    ? [`Nothing has changed for ${STUCK_SECONDS} s, although work is left.`]
    : [];
  if (differences.length === 0) {
    return [...lines, 'Every target is where the example expects it.'];
  }
  const table = formatTable(
    ['target', 'expected', 'actual', 'reason'],
    differences.map(it => [it.target, it.expected, it.actual, it.reason]),
  );
  return [
    ...lines,
    `${differences.length} targets are not where examples/expected.yaml expects them:`,
    ...table.split('\n'),
  ];
}
