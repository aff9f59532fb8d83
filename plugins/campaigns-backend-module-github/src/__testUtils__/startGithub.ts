import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createLocalForge, LocalForge } from '@skein/local-forge';
import { JsonObject } from '@backstage/types';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { mkdtempSync, rmSync } from 'fs';
import os from 'os';
import path from 'path';
import { Octokit } from 'octokit';
import { GithubClients } from '../forge/GithubClients';
import { GithubForge } from '../forge/GithubForge';

/** A development forge with an organisation, a repository with a branch, and our App. */
export interface TestGithub {
  local: LocalForge;
  host: string;
  clients: GithubClients[];
  forge: GithubForge;
  repository: RepositoryRef;
  /** A person of the organisation. */
  alice: Octokit;
  /** An entry of `integrations.github`. */
  integration: JsonObject;
  stop(): Promise<void>;
}

export async function startGithub(): Promise<TestGithub> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'skein-github-'));
  const local = await createLocalForge({ directory });
  const { admin } = local;
  admin.createOrganization({ login: 'acme' });
  admin.createUser({ login: 'alice', organizations: { acme: 'admin' } });
  admin.createUser({ login: 'bob', organizations: { acme: 'member' } });
  admin.createTeam({ organization: 'acme', name: 'Data', members: ['bob'] });
  const app = admin.createApp({ id: 7, slug: 'skein', owner: 'acme' });
  admin.installApp({ appId: 7, account: 'acme' });
  const host = new URL(local.url).host;
  const integration = {
    host,
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
  const clients = GithubClients.fromIntegrations(
    ScmIntegrations.fromConfig(
      mockServices.rootConfig({
        data: { integrations: { github: [integration] } },
      }),
    ),
  );
  const forge = await GithubForge.create(clients[0], {
    logger: mockServices.logger.mock(),
  });
  await admin.createRepository({
    owner: 'acme',
    name: 'warehouse',
    private: true,
    commits: [
      {
        message: 'Begin',
        files: {
          'models/users.sql': 'select user_id\nfrom user_data.users_v1\n',
          'models/other.sql': 'select 1\n',
        },
      },
    ],
  });
  const alice = new Octokit({
    auth: admin.createToken({ user: 'alice' }),
    baseUrl: local.apiUrl,
    throttle: { enabled: false },
    retry: { enabled: false },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  return {
    local,
    host,
    clients,
    forge,
    alice,
    integration,
    repository: { host, owner: 'acme', name: 'warehouse' },
    stop: async () => {
      await local.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A branch with one changed file, made by a person through the API. */
export async function makeBranch(
  { alice }: TestGithub,
  branch: string,
  file = 'models/users.sql',
): Promise<void> {
  const repo = { owner: 'acme', repo: 'warehouse' };
  const main = await alice.rest.git.getRef({ ...repo, ref: 'heads/main' });
  await alice.rest.git.createRef({
    ...repo,
    ref: `refs/heads/${branch}`,
    sha: main.data.object.sha,
  });
  const { data } = await alice.rest.repos.getContent({
    ...repo,
    path: file,
    ref: branch,
  });
  await alice.rest.repos.createOrUpdateFileContents({
    ...repo,
    path: file,
    branch,
    message: 'Change it',
    sha: (data as { sha: string }).sha,
    content: Buffer.from(`-- ${branch}\n`).toString('base64'),
  });
}
