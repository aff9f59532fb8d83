import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  GithubIntegrationConfig,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { App, Octokit } from 'octokit';
import { mapForgeError } from './mapForgeError';

const REQUEST_MILLISECONDS = 30_000;

/**
 * No waits and no retries of octokit's own: the write governor and the loops
 * that call decide about these, and can tell people why something waits.
 */
const SkeinOctokit = Octokit.defaults({
  userAgent: 'skein-campaigns',
  throttle: { enabled: false },
  retry: { enabled: false },
  request: {
    fetch: (url: string, init?: RequestInit) =>
      fetch(url, {
        ...init,
        signal: AbortSignal.any([
          AbortSignal.timeout(REQUEST_MILLISECONDS),
          ...(init?.signal ? [init.signal] : []),
        ]),
      }),
  },
  log: { debug() {}, info() {}, warn() {}, error() {} },
});

/** Makes clients of one GitHub host, with credentials of the integration. */
export class GithubClients {
  readonly host: string;
  readonly apiBaseUrl: string;
  readonly #config: GithubIntegrationConfig;
  readonly #credentials: GithubCredentialsProvider;

  private constructor(
    config: GithubIntegrationConfig,
    credentials: GithubCredentialsProvider,
  ) {
    this.#config = config;
    this.#credentials = credentials;
    this.host = config.host;
    this.apiBaseUrl = config.apiBaseUrl ?? `https://${config.host}/api/v3`;
  }

  /** Clients of every `integrations.github` entry that can write. */
  static fromIntegrations(
    integrations: ScmIntegrationRegistry,
  ): GithubClients[] {
    const credentials =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    return integrations.github
      .list()
      .map(integration => integration.config)
      .filter(config => config.token || config.apps?.length)
      .map(config => new GithubClients(config, credentials));
  }

  /** Address of a repository's pages and git endpoint, without `.git`. */
  repositoryUrl(repository: { owner: string; name: string }): string {
    return `${this.#origin}/${repository.owner}/${repository.name}`;
  }

  /** A token for this repository or owner; of an App's installation where there is one. */
  async token(where: { owner: string; name?: string }): Promise<string> {
    const path = where.name ? `${where.owner}/${where.name}` : where.owner;
    const what = `Could not get credentials for ${this.host}/${path}`;
    let token: string | undefined;
    try {
      ({ token } = await this.#credentials.getCredentials({
        url: `${this.#origin}/${path}`,
      }));
    } catch (error) {
      throw mapForgeError(error, what);
    }
    if (!token) {
      throw mapForgeError(
        {
          status: 404,
          message: `no GitHub App is installed there, and 'integrations.github' has no token`,
        },
        what,
      );
    }
    return token;
  }

  async forRepository(
    repository: Pick<RepositoryRef, 'owner' | 'name'>,
  ): Promise<Octokit> {
    return this.#client(await this.token(repository));
  }

  async forOwner(owner: string): Promise<Octokit> {
    return this.#client(await this.token({ owner }));
  }

  /** Whose limits hold for an owner: those of its installation, or of the one token. */
  limitsOf(owner: string): string {
    return this.#config.apps?.length ? `installation/${owner}` : 'token';
  }

  /** Login that writes: the App's bot, or the token's user. */
  async login(): Promise<string> {
    const [app] = this.#config.apps ?? [];
    if (app) {
      const { octokit } = new App({
        appId: app.appId,
        privateKey: app.privateKey.replace(/\\n/g, '\n'),
        Octokit: SkeinOctokit.defaults({ baseUrl: this.apiBaseUrl }),
      });
      const { data } = await octokit.request('GET /app');
      return `${data!.slug}[bot]`;
    }
    const { data } = await this.#client(
      this.#config.token!,
    ).rest.users.getAuthenticated();
    return data.login;
  }

  get #origin(): string {
    // A development forge has no certificate; all else has.
    const protocol = this.apiBaseUrl.startsWith('http:') ? 'http:' : 'https:';
    return `${protocol}//${this.host}`;
  }

  #client(auth: string): Octokit {
    return new SkeinOctokit({ auth, baseUrl: this.apiBaseUrl });
  }
}
