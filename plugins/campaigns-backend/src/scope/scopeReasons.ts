import { ScopeReason } from '@skein/plugin-campaigns-common';
import type { ScopePlace } from './decidePlace';
import { ScopeConsumer } from './types';

/** What a reason keeps of its evidence: enough to see, bounded to store. */
const MAX_LINEAGE_REASONS = 10;
const MAX_MATCHES = 20;
const MAX_TEXT = 200;

/** The ways on which a place gets the data, nearest first, each once. */
export function lineageReasons(consumers: ScopeConsumer[]): ScopeReason[] {
  const reasons = new Map<string, ScopeReason>();
  for (const { consumer } of consumers) {
    const path = consumer.path.map(node => node.title);
    reasons.set(JSON.stringify([path, consumer.providers]), {
      type: 'lineage',
      providers: consumer.providers,
      path,
      depth: consumer.node.depth,
    });
  }
  return [...reasons.values()].slice(0, MAX_LINEAGE_REASONS);
}

/** What each search found in a place, one reason for a query and a provider. */
export function searchReasons(hits: ScopePlace['hits']): ScopeReason[] {
  const groups = new Map<string, ScopePlace['hits']>();
  for (const each of hits) {
    const key = JSON.stringify([each.query, each.provider]);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({
      type: 'search',
      query: group[0].query.query,
      provider: group[0].provider,
      matches: group
        .map(({ hit: { path, line, text } }) => ({
          path,
          line,
          text: text.trim().slice(0, MAX_TEXT),
        }))
        .sort(byPlace)
        .slice(0, MAX_MATCHES),
      total: group.length,
    }));
}

type Match = Extract<ScopeReason, { type: 'search' }>['matches'][number];

function byPlace(a: Match, b: Match): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  if (a.line !== b.line) return a.line - b.line;
  return a.text < b.text ? -1 : 1;
}
