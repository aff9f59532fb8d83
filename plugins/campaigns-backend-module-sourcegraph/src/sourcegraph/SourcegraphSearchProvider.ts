import { Config } from '@backstage/config';
import { CodeSearchQuery } from '@skein/plugin-campaigns-common';
import {
  CodeSearchMatch,
  CodeSearchOptions,
  CodeSearchProvider,
  CodeSearchResult,
} from '@skein/plugin-campaigns-node';
import { SearchServer } from '../SearchServer';
import { readStream, SourcegraphEvents } from './readStream';
import { sourcegraphQuery } from './sourcegraphQuery';
import { toMatches } from './toMatches';

const TIMEOUT_MILLISECONDS = 60_000;

/** What the server says it skipped, in words for people; other reasons are none to worry about. */
const skippedReasons: Record<string, string> = {
  'document-match-limit': 'Of some files it shows the first lines alone.',
  'shard-match-limit': 'It stopped at its limit of lines: narrow the search.',
  display: 'It stopped at its limit of lines: narrow the search.',
  'repository-limit': 'It did not search all repositories.',
  'shard-timeout': 'It did not finish in time.',
  'repository-cloning': 'It has not read some repositories yet.',
  'repository-missing': 'It could not read some repositories.',
  'backend-missing': 'A part of it is not running.',
  error: 'A part of it failed.',
};

/**
 * Code search of a Sourcegraph server, by its streaming search API.
 *
 * @see https://sourcegraph.com/docs/api/stream-api
 */
export class SourcegraphSearchProvider implements CodeSearchProvider {
  readonly id = 'sourcegraph';
  readonly title = 'Sourcegraph';
  readonly #server: SearchServer;

  private constructor(server: SearchServer) {
    this.#server = server;
  }

  /** @param config - `campaigns.sourcegraph` */
  static fromConfig(config: Config): SourcegraphSearchProvider {
    return new SourcegraphSearchProvider(
      SearchServer.fromConfig(config, {
        title: 'Sourcegraph',
        scheme: 'token',
      }),
    );
  }

  async search(
    query: CodeSearchQuery,
    options: CodeSearchOptions,
  ): Promise<CodeSearchResult> {
    const { signal, repositories } = options;
    const { mostLines } = this.#server;
    const parameters = new URLSearchParams({
      q: sourcegraphQuery(query, {
        repositories,
        server: this.#server,
        timeoutMilliseconds:
          options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS,
      }),
      v: 'V3',
      t: 'regexp',
      display: String(mostLines),
    });
    const response = await this.#server.request(
      `/.api/search/stream?${parameters}`,
      { headers: { Accept: 'text/event-stream' }, signal },
    );
    const matches: CodeSearchMatch[] = [];
    const told = new Set<string>();
    const events: SourcegraphEvents = {
      onMatches: found => {
        for (const each of found)
          matches.push(...toMatches(each, this.#server));
      },
      onSkipped: reason => {
        if (skippedReasons[reason]) told.add(skippedReasons[reason]);
      },
      onAlert: title => told.add(`${title}.`),
    };
    await readStream(this.#server, response, events);
    if (matches.length > mostLines) told.add(skippedReasons.display);
    return {
      matches: matches.slice(0, mostLines),
      incomplete: told.size > 0 ? [...told].join(' ') : undefined,
    };
  }
}
