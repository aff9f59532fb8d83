import {
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import eventsBackend from '@backstage/plugin-events-backend';
import {
  DefaultEventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import {
  campaignsForgeExtensionPoint,
  CodeSearchProvider,
  Forge,
  FORGE_EVENTS_TOPIC,
  ForgeEventPayload,
} from '@skein/plugin-campaigns-node';
import { once } from 'events';
import { createServer } from 'http';
import { AddressInfo } from 'net';
import path from 'path';
import campaignsModuleGithub from '.';
import {
  makeBranch,
  startGithub,
  TestGithub,
} from './__testUtils__/startGithub';

const secret = 'the secret of the webhooks';

/**
 * The parts that the events module loads. It loads them by a dynamic import,
 * which Jest does not do in CommonJS.
 */
const eventsGithub = ['GithubEventRouter', 'GithubWebhook'].map(name => {
  const entry = require.resolve(
    '@backstage/plugin-events-backend-module-github',
  );
  const part = jest.requireActual(
    path.join(path.dirname(entry), `service/eventsModule${name}.cjs.js`),
  );
  return part.default ?? part[`eventsModule${name}`];
});

/** One events service for all plugins, as in a process; the mock of the tests is one for each. */
const sharedEvents = createServiceFactory({
  service: eventsServiceRef,
  deps: {},
  createRootContext: () =>
    DefaultEventsService.create({
      logger: mockServices.logger.mock(),
      useEventBus: 'never',
    }),
  factory: (_, events) => events,
});

/** Stands for the campaigns plugin, and shows what the module gave it. */
function receiver() {
  const forges: Forge[] = [];
  const searches: CodeSearchProvider[] = [];
  const received: ForgeEventPayload[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'campaigns',
    register(env) {
      env.registerExtensionPoint(campaignsForgeExtensionPoint, {
        addForge: forge => forges.push(forge),
        addCodeSearchProvider: provider => searches.push(provider),
      });
      env.registerInit({
        deps: { events: eventsServiceRef },
        async init({ events }) {
          await events.subscribe({
            id: 'test',
            topics: [FORGE_EVENTS_TOPIC],
            onEvent: async ({ eventPayload }) => {
              received.push(eventPayload as ForgeEventPayload);
            },
          });
        },
      });
    },
  });
  return { forges, searches, received, plugin };
}

describe('campaignsModuleGithub', () => {
  let github: TestGithub;

  beforeEach(async () => {
    github = await startGithub();
  });
  afterEach(async () => {
    await github.stop();
  });

  it('brings forge and search, and what signed webhooks say; forged ones are refused', async () => {
    const { forges, searches, received, plugin } = receiver();
    const backend = await startTestBackend({
      features: [
        plugin,
        sharedEvents,
        campaignsModuleGithub,
        eventsBackend,
        ...eventsGithub,
        mockServices.rootConfig.factory({
          data: {
            integrations: { github: [github.integration] },
            events: { modules: { github: { webhookSecret: secret } } },
          },
        }),
      ],
    });
    expect(forges.map(forge => forge.hosts())).toEqual([[github.host]]);
    expect(searches.map(search => search.id)).toEqual(['github']);

    const { port } = backend.server;
    const url = `http://127.0.0.1:${port()}/api/events/http/github`;
    github.local.admin.createWebhook({ target: 'acme', url, secret });
    await makeBranch(github, 'skein/one');
    await forges[0].createPullRequest(github.repository, {
      title: 'One',
      body: '',
      headBranch: 'skein/one',
      baseBranch: 'main',
      draft: false,
    });
    await github.alice.rest.pulls.merge({
      owner: 'acme',
      repo: 'warehouse',
      pull_number: 1,
    });
    while (!received.some(each => each.type === 'pushed')) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(received).toContainEqual({
      type: 'pullRequestChanged',
      repository: github.repository,
      number: 1,
    });
    expect(received).toContainEqual({
      type: 'pushed',
      repository: github.repository,
      branch: 'main',
    });

    const forged = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'pull_request',
        'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
      },
      body: JSON.stringify({
        number: 777,
        repository: {
          name: 'warehouse',
          owner: { login: 'acme' },
          html_url: `${github.local.url}/acme/warehouse`,
        },
      }),
    });
    expect(forged.status).toBe(403);
    expect(received.map(each => each.number)).not.toContain(777);
    await backend.stop();
  });

  it('starts where no credentials are configured', async () => {
    const { forges, plugin } = receiver();
    const backend = await startTestBackend({
      features: [
        plugin,
        sharedEvents,
        campaignsModuleGithub,
        mockServices.rootConfig.factory({ data: {} }),
      ],
    });
    expect(forges).toEqual([]);
    await backend.stop();
  });

  it('logs what a forge answers as one line that hides nothing', async () => {
    const hostile = createServer((_, response) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          message: 'a\u001b[2J\u202eb\r\n2026-01-01 info all is well',
        }),
      );
    });
    hostile.listen(0, '127.0.0.1');
    await once(hostile, 'listening');
    const { port } = hostile.address() as AddressInfo;
    const logger = mockServices.logger.mock();
    const backend = await startTestBackend({
      features: [
        receiver().plugin,
        sharedEvents,
        campaignsModuleGithub,
        logger.factory,
        mockServices.rootConfig.factory({
          data: {
            integrations: {
              github: [
                {
                  ...github.integration,
                  host: `127.0.0.1:${port}`,
                  apiBaseUrl: `http://127.0.0.1:${port}/api/v3`,
                },
              ],
            },
          },
        }),
      ],
    });
    expect(logger.warn.mock.calls).toEqual([
      [
        expect.stringContaining('a [2J b 2026-01-01 info all is well'),
        undefined,
      ],
    ]);
    await backend.stop();
    hostile.close();
  });
});
