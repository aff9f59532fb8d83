import path from 'path';
import {
  launch,
  launchedCampaign,
  prepareCampaigns,
} from './campaigns/prepareCampaigns';
import { exampleEntityRefs } from './example/catalogEntities';
import { readExpectations } from './example/expectations';
import { readRepositories } from './example/repositories';
import { readOrganisation } from './example/Organisation';
import { followOn, followToRest, Outcome } from './follow';
import { forgeConfig } from './forge/forgeConfig';
import { LocalForgeService } from './forge/LocalForgeService';
import { formatTable } from './outcome/formatTable';
import { Owners } from './owners/Owners';
import { Portal } from './portal/Portal';
import { startPortal } from './portal/startPortal';
import { answers } from './processes/answers';
import { Service } from './processes/Service';
import { CampaignView } from './progress/CampaignView';
import { createDisplay } from './progress/Display';
import { loadSecrets } from './state/secrets';
import { StateFolder } from './state/StateFolder';
import { waitUntil } from './waitUntil';

/** The first start migrates eight databases. */
const PORTAL_TIMEOUT_SECONDS = 120;
const CATALOG_TIMEOUT_SECONDS = 120;
const STUCK_SECONDS = 180;

export interface QuickstartOptions {
  checkout: string;
  state: StateFolder;
  port: number;
  forgePort: number;
  once: boolean;
  /** Everything started is put here, for the caller to stop, last first. */
  services: Service[];
  signal: AbortSignal;
  output: NodeJS.WriteStream;
}

/** Starts all, launches the example campaign, and follows it. @returns the exit code */
export async function quickstart(options: QuickstartOptions): Promise<number> {
  const { state, services, signal } = options;
  const examples = path.join(options.checkout, 'examples');
  const display = createDisplay(options.output);
  const secrets = loadSecrets(state.secretsFile);
  const organisation = readOrganisation(examples);

  const repositories = readRepositories(examples);
  const forge = LocalForgeService.start({
    state,
    secrets,
    port: options.forgePort,
    config: forgeConfig({
      organisation,
      repositories,
      secrets,
      webhookUrl: `http://127.0.0.1:${options.port}/api/events/http/github`,
    }),
  });
  services.push(forge.service);
  await forge.ready(signal);
  display.say(
    `Development forge: ${forge.url}/${organisation.login} with ${repositories.length} repositories`,
  );

  const url = `http://localhost:${options.port}`;
  const portalService = startPortal({
    ...options,
    secrets,
    forgeHost: new URL(forge.url).host,
  });
  services.push(portalService);
  await portalService.ready(
    () => answers(`${url}/.backstage/health/v1/readiness`),
    PORTAL_TIMEOUT_SECONDS,
    signal,
  );
  const portal = new Portal(url, secrets.portalToken);
  const refs = exampleEntityRefs(examples);
  await waitUntil(
    async () => (await portal.missingEntities(refs)).length === 0,
    {
      otherwise: 'The catalog did not hold the example organisation',
      timeoutSeconds: CATALOG_TIMEOUT_SECONDS,
      signal,
    },
  );
  display.say(`Portal: ${url} (sign in as guest)`);

  await prepareCampaigns(portal, examples, signal);
  const launched = await launch(portal, launchedCampaign);
  display.say(`${launchedCampaign}: ${launched ? 'launched' : 'going on'}`);

  const expectations = readExpectations(examples, launchedCampaign);
  const owners = new Owners(organisation, expectations, request =>
    forge.merge(request),
  );
  const view = new CampaignView({
    portal,
    campaign: launchedCampaign,
    owners,
    display,
    signal,
  });
  const outcome = await followToRest(view, {
    owners,
    expectations,
    stuckSeconds: STUCK_SECONDS,
    signal,
  });
  describeOutcome(outcome).forEach(line => display.say(line));
  if (options.once) return outcome.differences.length === 0 ? 0 : 1;
  display.say(
    `The campaign has come to rest. The portal stays at ${url} until Ctrl-C.`,
  );
  return followOn(view, signal);
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
