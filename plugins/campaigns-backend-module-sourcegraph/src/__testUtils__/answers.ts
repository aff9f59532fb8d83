import { ServerResponse } from 'http';
import { IndexedFile, searchCorpus, understand } from './corpus';
import { SeenRequest } from './StandIn';

/** What a stand-in is told to do badly. */
export interface Mishaps {
  skipped?: Array<{ reason: string; title: string }>;
  /** Events to end with, instead of `done`. */
  events?: Array<[string, unknown]>;
  stats?: Record<string, number>;
}

/** Answers as Sourcegraph's streaming search API does, event by event. */
export function answerAsSourcegraph(
  corpus: IndexedFile[],
  mishaps: Mishaps = {},
) {
  return (request: SeenRequest, response: ServerResponse) => {
    if (request.url.pathname !== '/.api/search/stream') {
      response.writeHead(404).end('Not found');
      return;
    }
    if (request.headers.authorization !== 'token secret') {
      response.writeHead(401).end('Invalid access token.\n');
      return;
    }
    const understood = understand(request.url.searchParams.get('q')!);
    const send = (event: string, data: unknown) =>
      // Events come in pieces that end anywhere.
      [...`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`].forEach(piece =>
        response.write(piece),
      );
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    send('filters', [
      {
        value: 'lang:sql',
        label: 'SQL',
        count: 1,
        exhaustive: false,
        kind: 'lang',
      },
    ]);
    const found = searchCorpus(corpus, understood);
    send('progress', {
      done: false,
      matchCount: 0,
      durationMs: 5,
      skipped: [],
    });
    send('matches', [
      { type: 'repo', repository: 'github.com/acme/web', repositoryID: 1 },
      { type: 'path', path: 'users_v1.sql', repository: 'github.com/acme/web' },
      ...found.map(({ file, lines }) => ({
        type: 'content',
        path: file.path,
        repositoryID: 2,
        repository: file.repository,
        branches: [''],
        commit: 'be0cd097f5f20d1444786ed7bb6c34cbad85c676',
        hunks: null,
        language: 'SQL',
        lineMatches: lines.map(line => ({
          line: line.text,
          lineNumber: line.number - 1,
          offsetAndLengths: line.ranges.map(([start, end]) => [
            [...line.text.slice(0, start)].length,
            [...line.text.slice(start, end)].length,
          ]),
        })),
      })),
    ]);
    send('progress', {
      done: true,
      repositoriesCount: 2,
      matchCount: found.length,
      durationMs: 12,
      skipped: (mishaps.skipped ?? []).map(each => ({
        message: '',
        severity: 'info',
        ...each,
      })),
      trace: 'https://sourcegraph.example/trace/1',
    });
    for (const [event, data] of mishaps.events ?? [['done', {}]]) {
      send(event, data);
    }
    response.end();
  };
}

/** Answers as `/api/search` of zoekt-webserver does: Go's JSON, bytes in base64. */
export function answerAsZoekt(corpus: IndexedFile[], mishaps: Mishaps = {}) {
  return (request: SeenRequest, response: ServerResponse) => {
    const send = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json' })
        .end(JSON.stringify(body));
    if (request.method !== 'POST') {
      send(405, { Error: 'Only POST is supported' });
      return;
    }
    const { Q, Opts } = JSON.parse(request.body);
    if (!Q) {
      send(400, { Error: 'missing query' });
      return;
    }
    if (!Number.isInteger(Opts.MaxWallTime)) {
      send(400, { Error: 'json: cannot unmarshal number into time.Duration' });
      return;
    }
    const found = searchCorpus(corpus, understand(Q));
    send(200, {
      Result: {
        ContentBytesLoaded: 100,
        IndexBytesLoaded: 10,
        Crashes: 0,
        Duration: 1_000_000,
        FileCount: found.length,
        ShardFilesConsidered: 0,
        FilesConsidered: found.length,
        FilesLoaded: found.length,
        FilesSkipped: 0,
        ShardsScanned: 1,
        ShardsSkipped: 0,
        MatchCount: found.length,
        FlushReason: 0,
        ...mishaps.stats,
        Files:
          found.length === 0
            ? null
            : found.map(({ file, lines }) => ({
                FileName: file.path,
                Repository: file.repository,
                Version: 'be0cd097f5f20d1444786ed7bb6c34cbad85c676',
                Language: 'SQL',
                Branches: ['HEAD'],
                Checksum: 'AAAA',
                LineMatches: [
                  {
                    Line: Buffer.from(file.path).toString('base64'),
                    LineStart: 0,
                    LineEnd: 0,
                    LineNumber: 0,
                    Before: null,
                    After: null,
                    FileName: true,
                    Score: 1,
                    DebugScore: '',
                    LineFragments: [],
                  },
                  ...lines.map(line => ({
                    Line: Buffer.from(`${line.text}\n`).toString('base64'),
                    LineStart: 0,
                    LineEnd: 0,
                    LineNumber: line.number,
                    Before: null,
                    After: null,
                    FileName: false,
                    Score: 1,
                    DebugScore: '',
                    LineFragments: line.ranges.map(([start, end]) => ({
                      LineOffset: Buffer.byteLength(line.text.slice(0, start)),
                      Offset: 0,
                      MatchLength: Buffer.byteLength(
                        line.text.slice(start, end),
                      ),
                      SymbolInfo: null,
                    })),
                  })),
                ],
              })),
        RepoURLs: {},
        LineFragments: {},
      },
    });
  };
}
