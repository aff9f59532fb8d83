import { Config } from '@backstage/config';
import {
  AuthenticationError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  formatRepositoryRef,
  parseRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';

const MOST_BYTES = 64 * 1024 ** 2;
const MOST_LINES = 5_000;

/** A server that indexes repositories, as the configuration names it. */
export class SearchServer {
  readonly title: string;
  readonly mostLines: number;
  readonly #url: string;
  readonly #authorization?: string;
  readonly #host?: string;

  private constructor(options: {
    title: string;
    url: string;
    authorization?: string;
    host?: string;
    mostLines: number;
  }) {
    this.title = options.title;
    this.mostLines = options.mostLines;
    this.#url = options.url;
    this.#authorization = options.authorization;
    this.#host = options.host;
  }

  /**
   * @param scheme - of the header that carries the token
   * @throws InputError where the address is none
   */
  static fromConfig(
    config: Config,
    options: { title: string; scheme: 'token' | 'Bearer' },
  ): SearchServer {
    const url = config.getString('url').replace(/\/+$/, '');
    if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
      throw new InputError(
        `The address of ${options.title} in the configuration is '${url}', which is no http or https address`,
      );
    }
    const token = config.getOptionalString('token');
    return new SearchServer({
      title: options.title,
      url,
      authorization: token && `${options.scheme} ${token}`,
      host: config.getOptionalString('host'),
      mostLines: config.getOptionalNumber('mostLines') ?? MOST_LINES,
    });
  }

  /**
   * Sends a request.
   *
   * @returns a response that is good
   * @throws AuthenticationError, InputError or ServiceUnavailableError, in the server's words
   */
  async request(path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${this.#url}${path}`, {
        ...init,
        // A redirect would carry the token to another host.
        redirect: 'error',
        headers: {
          ...init.headers,
          ...(this.#authorization && { Authorization: this.#authorization }),
        },
      });
    } catch (error) {
      init.signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `${this.title} at ${this.#url} could not be reached`,
        error as Error,
      );
    }
    if (response.ok) return response;
    throw await this.#errorOf(response);
  }

  /** Pieces of a body, as long as they come to no more than a server should send. */
  async *read(response: Response): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MOST_BYTES) {
        throw new ServiceUnavailableError(
          `${this.title} sent more than ${MOST_BYTES} bytes: narrow the search`,
        );
      }
      yield chunk;
    }
  }

  /** A repository by the name that it has there; undefined where it has another form. */
  repositoryOf(name: string): RepositoryRef | undefined {
    return (
      parseRepositoryRef(name) ??
      (this.#host ? parseRepositoryRef(`${this.#host}/${name}`) : undefined)
    );
  }

  /** What a pattern of `host/owner/name` is about there. */
  nameOf(host: string, rest: string): string {
    return host.toLowerCase() === this.#host?.toLowerCase()
      ? rest
      : `${host}/${rest}`;
  }

  async #errorOf(response: Response): Promise<Error> {
    const said = (await this.#text(response)).split('\n')[0].slice(0, 300);
    const what = `${this.title} answered ${response.status}${
      said ? `: ${said}` : ''
    }`;
    switch (response.status) {
      case 400:
      case 422:
        return new InputError(what);
      case 401:
      case 403:
        return new AuthenticationError(
          `${what}. Look at its token in the configuration`,
        );
      case 429: {
        const wait = response.headers.get('retry-after');
        return new ServiceUnavailableError(
          `${what}. It asks for fewer searches${
            wait ? `, and none for ${wait} s` : ''
          }`,
        );
      }
      default:
        return new ServiceUnavailableError(what);
    }
  }

  async #text(response: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of this.read(response)) chunks.push(chunk);
    } catch {
      // What came so far says enough.
    }
    const text = Buffer.concat(chunks).toString('utf8');
    try {
      const { Error: told } = JSON.parse(text);
      return typeof told === 'string' ? told : text;
    } catch {
      return text;
    }
  }
}

/** Owners of repositories, each once, as `host/owner`. */
export function ownersOf(repositories: RepositoryRef[]): string[] {
  return [
    ...new Set(
      repositories.map(each =>
        formatRepositoryRef({ ...each, name: '' })
          .slice(0, -1)
          .toLowerCase(),
      ),
    ),
  ];
}
