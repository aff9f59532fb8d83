import { RepositoryRef } from './repository';

/** What a scope says of a place, as far as a change of it matters. @public */
export interface PlaceFacts {
  decision: 'in' | 'out' | 'unsure';
  framework: string;
  entityRef?: string;
  ownerRef?: string;
  /** One line for people. */
  reason: string;
  /** What speaks for it, without the places that move with every commit; sorted. */
  evidence: string[];
}

/** A scope as it was computed once. @public */
export interface ScopeSnapshot {
  id: string;
  campaignId: string;
  /** 1, 2, 3… within the campaign. */
  number: number;
  computedAt: string;
  inScope: number;
  unsure: number;
  outOfScope: number;
  /** Against the snapshot before; zero for the first. */
  came: number;
  went: number;
  changed: number;
  /** What may make it incomplete, one line each. */
  notices: string[];
}

/** How a place differs from the snapshot before. @public */
export interface ScopeChange {
  id: string;
  snapshotNumber: number;
  at: string;
  kind: 'came' | 'went' | 'changed';
  repository: RepositoryRef;
  path: string;
  /** Absent for what came. */
  before?: PlaceFacts;
  /** Absent for what went. */
  after?: PlaceFacts;
  /** The target of the place, where there still is one. */
  targetId?: string;
}
