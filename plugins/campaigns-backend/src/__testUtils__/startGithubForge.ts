import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import { createLocalForge, LocalForge } from '@skein/local-forge';
import {
  GithubClients,
  GithubForge,
} from '@skein/plugin-campaigns-backend-module-github';
import { Octokit } from 'octokit';

/**
 * A development forge with the organisation `acme`, on which our App is
 * installed, and the forge module that talks to it.
 */
export async function startGithubForge(
  directory: string,
  logger: LoggerService,
): Promise<{
  local: LocalForge;
  forge: GithubForge;
  alice: Octokit;
  /** An entry of `integrations.github`. */
  integration: JsonObject;
}> {
  const local = await createLocalForge({ directory });
  local.admin.createOrganization({ login: 'acme' });
  local.admin.createUser({ login: 'alice', organizations: { acme: 'admin' } });
  const app = local.admin.createApp({ id: 7, slug: 'skein', owner: 'acme' });
  local.admin.installApp({ appId: 7, account: 'acme' });
  const github = {
    host: new URL(local.url).host,
    apiBaseUrl: local.apiUrl,
    apps: [
      {
        appId: 7,
        clientId: 'client',
        clientSecret: 'secret',
        privateKey: app.privateKey,
      },
    ],
  };
  const [clients] = GithubClients.fromIntegrations(
    ScmIntegrations.fromConfig(
      mockServices.rootConfig({ data: { integrations: { github: [github] } } }),
    ),
  );
  const alice = new Octokit({
    auth: local.admin.createToken({ user: 'alice' }),
    baseUrl: local.apiUrl,
    throttle: { enabled: false },
    retry: { enabled: false },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  return {
    local,
    forge: await GithubForge.create(clients, { logger }),
    alice,
    integration: github,
  };
}
