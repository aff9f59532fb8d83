import { ServiceUnavailableError } from '@backstage/errors';
import { createParser, EventSourceMessage } from 'eventsource-parser';
import { SearchServer } from '../SearchServer';
import {
  alertSchema,
  ContentMatch,
  errorSchema,
  contentMatchSchema,
  matchesSchema,
  progressSchema,
} from './events';

const contentSchema = matchesSchema.transform(matches =>
  matches
    .filter(({ type }) => type === 'content')
    .map(match => contentMatchSchema.parse(match)),
);

/** What a stream tells. */
export interface SourcegraphEvents {
  onMatches(matches: ContentMatch[]): void;
  /** One of the reasons of its progress. */
  onSkipped(reason: string): void;
  onAlert(title: string): void;
}

/**
 * Reads a stream of events to its end.
 *
 * @throws ServiceUnavailableError where the search failed, or the stream ends before it is done
 */
export async function readStream(
  server: SearchServer,
  response: Response,
  events: SourcegraphEvents,
): Promise<void> {
  let done = false;
  const parser = createParser({
    onEvent: event => {
      if (event.event === 'done') done = true;
      else handle(event, server, events);
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of server.read(response)) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    if (done) return;
  }
  throw new ServiceUnavailableError(
    `${server.title} ended its answer before the search was done`,
  );
}

function handle(
  { event, data }: EventSourceMessage,
  server: SearchServer,
  events: SourcegraphEvents,
): void {
  switch (event) {
    case 'matches':
      events.onMatches(parse(contentSchema, data, server));
      break;
    case 'progress':
      for (const { reason } of parse(progressSchema, data, server).skipped ??
        []) {
        events.onSkipped(reason);
      }
      break;
    case 'alert':
      events.onAlert(parse(alertSchema, data, server).title);
      break;
    case 'error':
      throw new ServiceUnavailableError(
        `${server.title} could not search: ${
          parse(errorSchema, data, server).message
        }`,
      );
    default:
  }
}

function parse<T>(
  schema: { parse(value: unknown): T },
  data: string,
  server: SearchServer,
): T {
  try {
    return schema.parse(JSON.parse(data));
  } catch (error) {
    throw new ServiceUnavailableError(
      `${server.title} sent an event that cannot be read; is its address that of a Sourcegraph server?`,
      error as Error,
    );
  }
}
