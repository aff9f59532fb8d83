import {
  LineageEventsStatus,
  LineageProviderStatus,
} from '@skein/plugin-campaigns-common';
import { DateTime } from 'luxon';
import { formatAgeOf, formatSpan } from '../../format/time';

/** What there is to say of a source of lineage, in short lines. */
export interface ProviderDescription {
  lines: string[];
  /** What is wrong with it, or with what it said last. */
  problem?: string;
}

/** How fresh a source is, when it is read next, and what went wrong. */
export function describeProvider(
  provider: LineageProviderStatus,
  now: number,
): ProviderDescription {
  if (provider.events) return describeEvents(provider, provider.events, now);
  const last = provider.lastSucceededAt
    ? `Last read ${formatAgeOf(provider.lastSucceededAt, now)}: ${countOf(
        provider.nodes,
        'node',
      )}, ${countOf(provider.edges, 'edge')}`
    : 'Not read yet';
  if (provider.uninstalledSince) {
    return { lines: [last], problem: describeUninstalled(provider, now) };
  }
  const running =
    provider.state === 'running'
      ? [`Being read now${provider.progress ? `: ${provider.progress}` : ''}`]
      : [];
  return {
    lines: [...running, last, ...scheduleOf(provider, now)],
    problem: problemOf(provider, now),
  };
}

/** Of a source that sends events: it is not read. */
function describeEvents(
  { edges, state, lastError }: LineageProviderStatus,
  events: LineageEventsStatus,
  now: number,
): ProviderDescription {
  if (state === 'failed') return { lines: [], problem: lastError };
  if (events.received + events.rejected === 0) {
    return { lines: ['No event has come yet'] };
  }
  const { staleEdges, lastReceivedAt, lastRejectedAt } = events;
  const last = lastReceivedAt
    ? `, the last ${formatAgeOf(lastReceivedAt, now)}`
    : '';
  const stale = staleEdges > 0 ? `, ${staleEdges} of them stale` : '';
  return {
    lines: [
      `${countOf(events.received, 'event')}${last}`,
      `${countOf(edges, 'edge')}${stale}`,
    ],
    problem:
      events.rejected > 0
        ? `${countOf(
            events.rejected,
            'event',
          )} could not be used, the last ${formatAgeOf(lastRejectedAt, now)}: ${
            events.lastRejection ?? 'no reason given'
          }`
        : undefined,
  };
}

function scheduleOf(
  { intervalSeconds, nextReadAt, state }: LineageProviderStatus,
  now: number,
): string[] {
  if (intervalSeconds === undefined) return [];
  const every = `Read every ${formatSpan(intervalSeconds * 1000)}`;
  if (state === 'running' || !nextReadAt) return [every];
  const left = Date.parse(nextReadAt) - now;
  return [`${every}, next ${left > 0 ? `in ${formatSpan(left)}` : 'now'}`];
}

function problemOf(
  provider: LineageProviderStatus,
  now: number,
): string | undefined {
  const { state, lastError, lastStartedAt } = provider;
  if (state === 'failed') {
    const when = lastStartedAt ? ` ${formatAgeOf(lastStartedAt, now)}` : '';
    return `Could not be read${when}: ${lastError ?? 'no reason given'}`;
  }
  return lastError && `Not all could be read: ${lastError}`;
}

function describeUninstalled(
  { uninstalledSince, removedAt }: LineageProviderStatus,
  now: number,
): string {
  const since = formatAgeOf(uninstalledSince, now);
  const until = removedAt
    ? `; what it said goes on ${DateTime.fromISO(removedAt).toFormat(
        'd LLL yyyy',
      )}`
    : '';
  return `Not installed any more, seen last ${since}${until}`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
