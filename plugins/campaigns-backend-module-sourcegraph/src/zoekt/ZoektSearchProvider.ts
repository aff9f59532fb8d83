import { Config } from '@backstage/config';
import { ServiceUnavailableError } from '@backstage/errors';
import { CodeSearchQuery } from '@skein/plugin-campaigns-common';
import {
  CodeSearchMatch,
  CodeSearchOptions,
  CodeSearchProvider,
  CodeSearchResult,
  cutLine,
} from '@skein/plugin-campaigns-node';
import { z } from 'zod';
import { SearchServer } from '../SearchServer';
import { zoektQuery } from './zoektQuery';

const TIMEOUT_MILLISECONDS = 20_000;
const MOST_FILES = 5_000;

/** Go writes empty lists as null, bytes in base64, and durations in nanoseconds. */
const replySchema = z.object({
  Result: z.object({
    Crashes: z.number().optional(),
    FilesSkipped: z.number().optional(),
    ShardsSkipped: z.number().optional(),
    FileCount: z.number().optional(),
    Files: z
      .array(
        z.object({
          FileName: z.string(),
          Repository: z.string(),
          LineMatches: z
            .array(
              z.object({
                Line: z.string().nullish(),
                LineNumber: z.number().int(),
                /** The name of the file matches, no line of it. */
                FileName: z.boolean().optional(),
                LineFragments: z
                  .array(
                    z.object({
                      LineOffset: z.number().int().min(0),
                      MatchLength: z.number().int().min(0),
                    }),
                  )
                  .nullish(),
              }),
            )
            .nullish(),
        }),
      )
      .nullish(),
  }),
});

type Reply = z.infer<typeof replySchema>['Result'];
type ReplyFile = NonNullable<Reply['Files']>[number];

/**
 * Code search of a Zoekt web server, by its JSON API.
 *
 * @see https://github.com/sourcegraph/zoekt/blob/main/doc/json-api.md
 */
export class ZoektSearchProvider implements CodeSearchProvider {
  readonly id = 'zoekt';
  readonly title = 'Zoekt';
  readonly #server: SearchServer;

  private constructor(server: SearchServer) {
    this.#server = server;
  }

  /** @param config - `campaigns.zoekt` */
  static fromConfig(config: Config): ZoektSearchProvider {
    return new ZoektSearchProvider(
      SearchServer.fromConfig(config, { title: 'Zoekt', scheme: 'Bearer' }),
    );
  }

  async search(
    query: CodeSearchQuery,
    options: CodeSearchOptions,
  ): Promise<CodeSearchResult> {
    const { mostLines } = this.#server;
    const result = await this.#ask(query, options);
    const files = result.Files ?? [];
    const matches = files.flatMap(file => this.#matchesOf(file));
    const told: string[] = [];
    if (
      matches.length >= mostLines ||
      (result.FilesSkipped ?? 0) > 0 ||
      (result.FileCount ?? 0) > files.length
    ) {
      told.push('It stopped at its limit of lines: narrow the search.');
    }
    if ((result.ShardsSkipped ?? 0) > 0) {
      told.push('It did not finish in time.');
    }
    if ((result.Crashes ?? 0) > 0) told.push('A part of it failed.');
    return {
      matches: matches.slice(0, mostLines),
      incomplete: told.length > 0 ? told.join(' ') : undefined,
    };
  }

  async #ask(
    query: CodeSearchQuery,
    options: CodeSearchOptions,
  ): Promise<Reply> {
    const { signal, repositories } = options;
    const { mostLines } = this.#server;
    const milliseconds = options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS;
    const response = await this.#server.request('/api/search', {
      method: 'POST',
      signal,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        Q: zoektQuery(query, { repositories, server: this.#server }),
        Opts: {
          ShardMaxMatchCount: mostLines,
          TotalMaxMatchCount: mostLines,
          MaxDocDisplayCount: MOST_FILES,
          MaxWallTime: Math.round(milliseconds) * 1_000_000,
        },
      }),
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#server.read(response)) chunks.push(chunk);
    try {
      return replySchema.parse(
        JSON.parse(Buffer.concat(chunks).toString('utf8')),
      ).Result;
    } catch (error) {
      throw new ServiceUnavailableError(
        'Zoekt sent an answer that cannot be read; was it started with -rpc?',
        error as Error,
      );
    }
  }

  #matchesOf(file: ReplyFile): CodeSearchMatch[] {
    const repository = this.#server.repositoryOf(file.Repository);
    if (!repository) return [];
    return (file.LineMatches ?? [])
      .filter(line => !line.FileName)
      .map(line => ({
        repository,
        path: file.FileName,
        line: line.LineNumber,
        ...cutLine(
          Buffer.from(line.Line ?? '', 'base64'),
          (line.LineFragments ?? []).map(({ LineOffset, MatchLength }) => ({
            start: LineOffset,
            end: LineOffset + MatchLength,
          })),
        ),
      }));
  }
}
