import path from 'path';
import { exampleEntityRefs } from './example/catalogEntities';
import { Organisation } from './example/Organisation';
import { readRepositories } from './example/repositories';
import { forgeConfig } from './forge/forgeConfig';
import { LocalForgeService } from './forge/LocalForgeService';
import { describeModel, ModelChoice } from './model/chooseModel';
import { LocalModelService } from './model/LocalModelService';
import { Portal } from './portal/Portal';
import { PortalOptions, startPortal } from './portal/startPortal';
import { answers } from './processes/answers';
import { Service } from './processes/Service';
import { Display } from './progress/Display';
import { loadSecrets, Secrets } from './state/secrets';
import { StateFolder } from './state/StateFolder';
import { waitUntil } from './waitUntil';

/** The first start migrates eight databases. */
const PORTAL_TIMEOUT_SECONDS = 120;
const CATALOG_TIMEOUT_SECONDS = 120;

export interface StartServicesOptions {
  checkout: string;
  /** Folder of the example organisation. */
  examples: string;
  organisation: Organisation;
  state: StateFolder;
  port: number;
  forgePort: number;
  model: ModelChoice;
  display: Display;
  /** Everything started is put here, for the caller to stop, last first. */
  services: Service[];
  signal: AbortSignal;
}

/** Starts forge, model and portal, each a process of its own, and waits until the portal knows the example. */
export async function startServices(
  options: StartServicesOptions,
): Promise<{ forge: LocalForgeService; portal: Portal }> {
  const secrets = loadSecrets(options.state.secretsFile);
  const [model, forge] = await Promise.all([
    startModel(options),
    startForge(options, secrets),
  ]);
  options.display.say(describeModel(options.model));
  const portal = await startKnowingPortal(options, secrets, {
    forgeHost: new URL(forge.url).host,
    ...model,
  });
  return { forge, portal };
}

async function startForge(
  options: StartServicesOptions,
  secrets: Secrets,
): Promise<LocalForgeService> {
  const { display, examples, organisation, services, signal, state } = options;
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
  return forge;
}

/** @returns what the portal is to be told of the model */
async function startModel(
  options: StartServicesOptions,
): Promise<Pick<PortalOptions, 'configFiles' | 'environment'>> {
  const { checkout, examples, model, services, signal, state } = options;
  switch (model) {
    case 'claude':
      return {};
    case 'none':
      return { environment: { SKEIN_ANTHROPIC_API_KEY: undefined } };
    default: {
      const standIn = LocalModelService.start({
        state,
        scripts: path.join(examples, 'model'),
      });
      services.push(standIn.service);
      return {
        configFiles: [path.join(checkout, 'app-config.local-model.yaml')],
        environment: await standIn.ready(signal),
      };
    }
  }
}

async function startKnowingPortal(
  options: StartServicesOptions,
  secrets: Secrets,
  more: Pick<PortalOptions, 'configFiles' | 'environment' | 'forgeHost'>,
): Promise<Portal> {
  const { checkout, display, examples, port, services, signal, state } =
    options;
  const url = `http://localhost:${port}`;
  const service = startPortal({ checkout, state, secrets, port, ...more });
  services.push(service);
  await service.ready(
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
  return portal;
}
