import { ResponseError } from '@backstage/errors';
import { fetchWithinOrigin } from '@skein/plugin-campaigns-node';

/** Of one page; Marquez's own default is 100. */
const PAGE_SIZE = 200;
const TIMEOUT_MILLISECONDS = 60_000;
const ATTEMPTS = 3;
const MAX_PAGES = 10_000;

/** A dataset or job of Marquez, by OpenLineage's namespace and name. */
export interface MarquezId {
  namespace: string;
  name: string;
}

export interface MarquezDataset {
  id: MarquezId;
  facets?: Record<string, unknown>;
  deleted?: boolean;
}

export interface MarquezJob {
  id: MarquezId;
  inputs?: MarquezId[];
  outputs?: MarquezId[];
  location?: string | null;
  facets?: Record<string, unknown>;
}

/** Reads the API of a Marquez server, page by page. */
export class MarquezClient {
  readonly #baseUrl: string;
  readonly #headers: Record<string, string>;

  constructor(options: { baseUrl: string; headers?: Record<string, string> }) {
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.#headers = options.headers ?? {};
  }

  async *namespaces(signal: AbortSignal): AsyncIterable<string> {
    for await (const { name } of this.#pages<{ name: string }>(
      '/namespaces',
      'namespaces',
      signal,
    )) {
      yield name;
    }
  }

  datasets(
    namespace: string,
    signal: AbortSignal,
  ): AsyncIterable<MarquezDataset> {
    return this.#pages(
      `/namespaces/${encodeURIComponent(namespace)}/datasets`,
      'datasets',
      signal,
    );
  }

  jobs(namespace: string, signal: AbortSignal): AsyncIterable<MarquezJob> {
    return this.#pages(
      `/namespaces/${encodeURIComponent(namespace)}/jobs`,
      'jobs',
      signal,
    );
  }

  /** @param key - of the list in the answer */
  async *#pages<T>(
    path: string,
    key: string,
    signal: AbortSignal,
  ): AsyncIterable<T> {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const url = `${this.#baseUrl}/api/v1${path}?limit=${PAGE_SIZE}&offset=${
        page * PAGE_SIZE
      }`;
      const answer = await this.#get(url, signal);
      const items = (answer as Record<string, unknown>)?.[key];
      if (!Array.isArray(items)) {
        throw new Error(`${url} does not answer as Marquez does: no '${key}'`);
      }
      yield* items as T[];
      if (items.length < PAGE_SIZE) return;
    }
    throw new Error(
      `${
        this.#baseUrl
      }${path} has more than ${MAX_PAGES} pages; that cannot be`,
    );
  }

  async #get(url: string, signal: AbortSignal): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      try {
        const response = await fetchWithinOrigin(url, {
          headers: { Accept: 'application/json', ...this.#headers },
          signal: AbortSignal.any([
            signal,
            AbortSignal.timeout(TIMEOUT_MILLISECONDS),
          ]),
        });
        if (response.ok) return await response.json();
        throw await ResponseError.fromResponse(response);
      } catch (error) {
        signal.throwIfAborted();
        if (attempt === ATTEMPTS || !mayPass(error)) {
          throw new Error(`Marquez could not be read at ${url}`, {
            cause: error,
          });
        }
      }
      await new Promise(resolve => setTimeout(resolve, attempt * 500));
    }
  }
}

/** Whether the same request may succeed in a moment. */
function mayPass(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: number };
  return statusCode === undefined || statusCode === 429 || statusCode >= 500;
}
