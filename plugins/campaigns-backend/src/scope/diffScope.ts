import {
  PlaceFacts,
  RepositoryRef,
  ScopeReason,
} from '@skein/plugin-campaigns-common';
import { ScopeDecision } from './types';

/** A place of the snapshot before. */
export interface KnownPlace {
  repository: RepositoryRef;
  path: string;
  /** Undefined where the snapshot before did not have it any more. */
  facts?: PlaceFacts;
}

/** How a place differs from the snapshot before. */
export interface PlaceChange {
  kind: 'came' | 'went' | 'changed';
  repository: RepositoryRef;
  path: string;
  before?: PlaceFacts;
  after?: PlaceFacts;
}

/** What came, went and changed from one snapshot of a scope to the next. */
export function diffScope(
  known: KnownPlace[],
  decisions: ScopeDecision[],
): PlaceChange[] {
  const before = new Map(known.map(place => [placeKey(place), place]));
  const changes: PlaceChange[] = [];
  for (const decision of decisions) {
    const key = placeKey(decision);
    const old = before.get(key)?.facts;
    before.delete(key);
    const { repository, path } = decision;
    const after = factsOf(decision);
    if (!old) changes.push({ kind: 'came', repository, path, after });
    else if (differ(old, after)) {
      changes.push({ kind: 'changed', repository, path, before: old, after });
    }
  }
  for (const { repository, path, facts } of before.values()) {
    if (facts) {
      changes.push({ kind: 'went', repository, path, before: facts });
    }
  }
  return changes;
}

/** What of a decision is compared with the next one's. */
export function factsOf(decision: ScopeDecision): PlaceFacts {
  const { framework, entityRef, ownerRef, reason, reasons } = decision;
  return {
    decision: decision.decision,
    framework,
    entityRef,
    ownerRef,
    reason,
    evidence: [...new Set(reasons.map(evidenceOf))].sort(),
  };
}

/** Identifies a place among those of a campaign. */
export function placeKey(place: {
  repository: RepositoryRef;
  path: string;
}): string {
  const { host, owner, name } = place.repository;
  return [host, owner, name, place.path].join('/');
}

function evidenceOf(reason: ScopeReason): string {
  switch (reason.type) {
    case 'lineage':
      return `lineage: ${reason.path.join(' → ')}`;
    case 'search':
      return `search: ${reason.query}`;
    default:
      return `rule: ${reason.rule} (${reason.decision})`;
  }
}

/** The reason is not compared: it may count lines, and says no more than the rest. */
function differ(before: PlaceFacts, after: PlaceFacts): boolean {
  const comparable = ({
    decision,
    framework,
    entityRef = '',
    ownerRef = '',
    evidence,
  }: PlaceFacts) =>
    JSON.stringify([decision, framework, entityRef, ownerRef, evidence]);
  return comparable(before) !== comparable(after);
}
