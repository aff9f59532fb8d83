import { DbTime } from '../../tables';

/** Rows of `lineage_providers`. */
export interface LineageProviderRow {
  id: string;
  title: string;
  state: 'never' | 'running' | 'ok' | 'failed';
  generation: number;
  attempt: number;
  next_read_at: DbTime;
  leased_until: DbTime | null;
  last_started_at: DbTime | null;
  last_succeeded_at: DbTime | null;
  last_error: string | null;
  node_count: number;
  edge_count: number;
  read_interval: number | string | null;
  progress: string | null;
  known_at: DbTime | null;
  stale_after: number | string | null;
  expire_after: number | string | null;
  events_received: number | string;
  events_rejected: number | string;
  last_event_at: DbTime | null;
  last_rejected_at: DbTime | null;
  last_rejection: string | null;
  stale_edge_count: number;
}

/** Rows of `lineage_nodes`. */
export interface LineageNodeRow {
  id: number;
  kind: 'dataset' | 'job';
  name: string;
  title: string | null;
  entity_ref: string | null;
  owner_ref: string | null;
  framework: string | null;
  repo_host: string | null;
  repo_owner: string | null;
  repo_name: string | null;
  path: string | null;
}

/** Rows of `lineage_witnesses`. */
export interface LineageWitnessRow {
  node_id: number;
  provider: string;
  metadata: string;
  first_generation: number;
  last_generation: number;
  last_seen: DbTime | null;
}

/** Rows of `lineage_edges`. */
export interface LineageEdgeRow {
  from_node: number;
  to_node: number;
  provider: string;
  confidence: 'certain' | 'likely';
  last_seen: DbTime;
  first_generation: number;
  last_generation: number;
}

/** Rows of `lineage_columns`. */
export interface LineageColumnRow {
  job_node: number;
  from_node: number;
  from_column: string;
  /** 0 where no source says. */
  to_node: number;
  /** Empty for the dataset as a whole. */
  to_column: string;
  transformation: string;
  provider: string;
  last_seen: DbTime;
  first_generation: number;
  last_generation: number;
}

/** Rows of `lineage_aliases`. */
export interface LineageAliasRow {
  kind: 'dataset' | 'job';
  name: string;
  canonical: string;
  provider: string;
  last_seen: DbTime;
}

/** The read that a write belongs to. */
export interface LineageRead {
  provider: string;
  /** Ticket of the read, and the generation that it will publish. */
  attempt: number;
}
