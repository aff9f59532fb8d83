import { randomBytes } from 'crypto';
import path from 'path';
import { Service } from '../processes/Service';
import { StartError } from '../StartError';
import { StateFolder } from '../state/StateFolder';

const READY_TIMEOUT_SECONDS = 30;

export interface LocalModelServiceOptions {
  state: StateFolder;
  /** Folder of scripts. */
  scripts: string;
}

/** The stand-in for a model as a process of its own, on a port and with a key that are good for this start alone. */
export class LocalModelService {
  readonly service: Service;
  readonly #key = randomBytes(24).toString('hex');

  static start(options: LocalModelServiceOptions): LocalModelService {
    return new LocalModelService(options);
  }

  private constructor({ scripts, state }: LocalModelServiceOptions) {
    const command = require.resolve('@skein/local-model/package.json');
    this.service = Service.start({
      title: 'The stand-in for a model',
      logFile: state.log('model'),
      cwd: path.dirname(scripts),
      args: [
        path.join(path.dirname(command), 'bin', 'local-model'),
        ...['--scripts', scripts],
      ],
      env: { ...process.env, LOCAL_MODEL_KEY: this.#key },
    });
  }

  /**
   * Waits until it can be used.
   *
   * @returns what the portal's configuration needs to know of it
   */
  async ready(signal: AbortSignal): Promise<Record<string, string>> {
    await this.service.ready(
      async () => this.#url !== undefined,
      READY_TIMEOUT_SECONDS,
      signal,
    );
    const url = this.#url;
    if (!url) throw new StartError('The stand-in for a model has no address.');
    return { SKEIN_MODEL_URL: url, SKEIN_MODEL_KEY: this.#key };
  }

  /** It says on a line of JSON where it is. */
  get #url(): string | undefined {
    return /\{"url":"([^"]+)"\}/.exec(this.service.output())?.[1];
  }
}
