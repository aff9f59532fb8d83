import {
  LineageEventsStatus,
  LineageProviderStatus,
} from '@skein/plugin-campaigns-common';
import { describeProvider } from './describeProvider';

const now = Date.parse('2026-11-21T12:00:00Z');
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const status = (
  changes: Partial<LineageProviderStatus>,
): LineageProviderStatus => ({
  id: 'sql',
  title: 'SQL in repositories',
  state: 'ok',
  nodes: 35,
  edges: 1,
  lastStartedAt: ago(5),
  lastSucceededAt: ago(4),
  intervalSeconds: 1800,
  nextReadAt: ago(-26),
  ...changes,
});

describe('describeProvider', () => {
  it('says how fresh a source is and when it is read next', () => {
    expect(describeProvider(status({}), now)).toEqual({
      lines: [
        'Last read 4 min ago: 35 nodes, 1 edge',
        'Read every 30 min, next in 26 min',
      ],
    });
    expect(
      describeProvider(
        status({
          state: 'never',
          lastSucceededAt: undefined,
          nextReadAt: ago(1),
        }),
        now,
      ).lines,
    ).toEqual(['Not read yet', 'Read every 30 min, next now']);
  });

  it('says how far a read is', () => {
    expect(
      describeProvider(
        status({
          state: 'running',
          progress: 'Looked into 3 of 40 repositories',
        }),
        now,
      ).lines,
    ).toEqual([
      'Being read now: Looked into 3 of 40 repositories',
      'Last read 4 min ago: 35 nodes, 1 edge',
      'Read every 30 min',
    ]);
  });

  it('says what went wrong, and what may be missing', () => {
    expect(
      describeProvider(status({ state: 'failed', lastError: 'HTTP 502' }), now)
        .problem,
    ).toBe('Could not be read 5 min ago: HTTP 502');
    expect(
      describeProvider(status({ lastError: 'acme/a took too long' }), now)
        .problem,
    ).toBe('Not all could be read: acme/a took too long');
  });

  it('counts the events of a source that sends them', () => {
    const events: LineageEventsStatus = {
      received: 0,
      rejected: 0,
      staleEdges: 2,
      staleAfterSeconds: 1,
      expireAfterSeconds: 2,
    };
    const describeEvents = (changes: Partial<LineageEventsStatus>) =>
      describeProvider(
        status({ state: 'never', events: { ...events, ...changes } }),
        now,
      );
    expect(describeEvents({})).toEqual({ lines: ['No event has come yet'] });
    expect(
      describeProvider(
        status({
          state: 'failed',
          lastError: 'Events could not be stored: disk full',
          events,
        }),
        now,
      ),
    ).toEqual({
      lines: [],
      problem: 'Events could not be stored: disk full',
    });
    expect(
      describeEvents({
        received: 3,
        rejected: 1,
        lastReceivedAt: ago(2),
        lastRejectedAt: ago(7),
        lastRejection: 'eventTime is missing',
      }),
    ).toEqual({
      lines: ['3 events, the last 2 min ago', '1 edge, 2 of them stale'],
      problem:
        '1 event could not be used, the last 7 min ago: eventTime is missing',
    });
  });

  it('says of a source that is not installed any more when it goes', () => {
    expect(
      describeProvider(
        status({
          uninstalledSince: ago(3 * 24 * 60),
          removedAt: '2026-12-18T12:00:00Z',
        }),
        now,
      ),
    ).toEqual({
      lines: ['Last read 4 min ago: 35 nodes, 1 edge'],
      problem:
        'Not installed any more, seen last 3 d ago; what it said goes on 18 Dec 2026',
    });
  });
});
