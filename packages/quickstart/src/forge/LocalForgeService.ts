import fs from 'fs';
import path from 'path';
import { MergeRequest } from '../owners/Owners';
import { Service } from '../processes/Service';
import { StartError } from '../StartError';
import { Secrets } from '../state/secrets';
import { StateFolder } from '../state/StateFolder';
import { forgeConfig } from './forgeConfig';

const READY_TIMEOUT_SECONDS = 60;

export interface LocalForgeServiceOptions {
  state: StateFolder;
  secrets: Secrets;
  port: number;
  config: ReturnType<typeof forgeConfig>;
}

/** The development forge as a process of its own, and what we ask of it. */
export class LocalForgeService {
  readonly service: Service;
  readonly url: string;
  readonly #adminToken: string;

  static start(options: LocalForgeServiceOptions): LocalForgeService {
    return new LocalForgeService(options);
  }

  private constructor(options: LocalForgeServiceOptions) {
    const { state, secrets, port, config } = options;
    this.url = `http://127.0.0.1:${port}`;
    this.#adminToken = secrets.forgeToken;
    const configFile = state.forgeConfigFile;
    fs.mkdirSync(state.path, { recursive: true });
    fs.writeFileSync(configFile, JSON.stringify(config), { mode: 0o600 });
    const command = require.resolve('@skein/local-forge/package.json');
    this.service = Service.start({
      title: 'The development forge',
      logFile: state.log('forge'),
      cwd: state.path,
      args: [
        path.join(path.dirname(command), 'bin', 'local-forge'),
        ...['--directory', state.forge],
        ...['--port', String(port)],
        ...['--config', configFile],
      ],
      env: { ...process.env, LOCAL_FORGE_ADMIN_TOKEN: secrets.forgeToken },
    });
  }

  /** Waits until the forge holds all of its configuration, which it says on a line of JSON. */
  async ready(signal: AbortSignal): Promise<void> {
    await this.service.ready(
      async () => this.service.output().includes('{"url":'),
      READY_TIMEOUT_SECONDS,
      signal,
    );
  }

  /**
   * Merges a pull request as one of the organisation's users would.
   *
   * @returns false where it was merged before
   */
  async merge(request: MergeRequest): Promise<boolean> {
    const { login, owner, repository, number } = request;
    const { token } = await this.#request<{ token: string }>(
      'POST',
      '/_admin/tokens',
      this.#adminToken,
      { user: login },
    );
    const pull = `/api/v3/repos/${owner}/${repository}/pulls/${number}`;
    const { merged } = await this.#request<{ merged: boolean }>(
      'GET',
      pull,
      token,
    );
    if (merged) return false;
    await this.#request('PUT', `${pull}/merge`, token, {
      merge_method: 'squash',
    });
    return true;
  }

  async #request<T>(
    method: string,
    requestPath: string,
    token: string,
    body?: object,
  ): Promise<T> {
    const response = await fetch(`${this.url}${requestPath}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new StartError(
        `The development forge answered ${
          response.status
        } to ${method} ${requestPath}: ${text.slice(0, 500)}`,
      );
    }
    return JSON.parse(text) as T;
  }
}
