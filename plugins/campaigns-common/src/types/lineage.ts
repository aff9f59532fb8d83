import { RepositoryRef } from './repository';
import { TargetState } from './target';

/** @public */
export interface LineageNode {
  id: string;
  kind: 'dataset' | 'job';
  /** One identity over all sources: a dotted lower-case dataset name, or `host/owner/name//path` for a job. */
  name: string;
  title: string;
  entityRef?: string;
  ownerRef?: string;
  framework?: string;
  repository?: RepositoryRef;
  path?: string;
  /** Distance from the dataset asked for, in jobs: 1 for its direct consumers. */
  depth: number;
  /**
   * Of a job downstream: its place in a rollout from upstream to downstream, one
   * more than that of all jobs whose datasets it reads. Jobs that read from each
   * other are on one level.
   */
  level?: number;
  /** Of a direct consumer: what it reads of the dataset asked for, where a source says so. */
  columnsRead?: LineageColumnsRead;
  /** The newest state of this consumer in a campaign of the dataset. */
  migration?: { campaignName: string; targetId: string; state: TargetState };
}

/** The columns of a dataset that a consumer reads. @public */
export interface LineageColumnsRead {
  /** Name of the dataset. */
  dataset: string;
  total: number;
  /** By name; 200 at most. */
  items: Array<{
    column: string;
    /** What becomes of it: `identity`, `aggregation`, `filter` and so on, as far as a source says. */
    uses: string[];
  }>;
}

/** Data flows from `from` to `to`. @public */
export interface LineageEdge {
  from: string;
  to: string;
  /** Ids of the providers that witness it. */
  providers: string[];
  lastSeenAt: string;
  /** No source has said it for longer than it is used to: it may hold no more. */
  stale?: boolean;
}

/** @public */
export interface LineageGraph {
  root?: LineageNode;
  nodes: LineageNode[];
  edges: LineageEdge[];
  /** More was found than the limit allows. */
  truncated: boolean;
  summary: {
    direct: number;
    indirect: number;
    owners: number;
    deepest: number;
    byFramework: Record<string, number>;
    /** By entity ref; `unknown` for jobs whose owner no source says. */
    byOwner: Record<string, number>;
    /** By distance, `1` for direct ones. */
    byDepth: Record<string, number>;
  };
}

/** A dataset that some source of lineage knows. @public */
export interface LineageDataset {
  /** Dotted, lower case. */
  name: string;
  title: string;
  entityRef?: string;
  ownerRef?: string;
  readBy: LineageDatasetJobs;
  writtenBy: LineageDatasetJobs;
}

/** The jobs next to a dataset. @public */
export interface LineageDatasetJobs {
  total: number;
  /** At most 100 of them. */
  jobs: Array<
    Pick<
      LineageNode,
      'name' | 'title' | 'entityRef' | 'ownerRef' | 'repository' | 'path'
    >
  >;
}

/** Datasets by name. @public */
export interface LineageDatasetPage {
  items: LineageDataset[];
  /** Ask for what comes after this; undefined at the end. */
  after?: string;
}

/** Freshness of a lineage source. @public */
export interface LineageProviderStatus {
  id: string;
  title: string;
  state: 'never' | 'running' | 'ok' | 'failed';
  lastStartedAt?: string;
  lastSucceededAt?: string;
  lastError?: string;
  nodes: number;
  edges: number;
  /** Seconds from one read to the next; undefined for a source that is not read. */
  intervalSeconds?: number;
  nextReadAt?: string;
  /** How far a read under way is, in one line. */
  progress?: string;
  /** Since when no running backend has this source; undefined as long as one does. */
  uninstalledSince?: string;
  /** When what it said goes, where it is not installed any more. */
  removedAt?: string;
  /** Of a source that sends events rather than being read. */
  events?: LineageEventsStatus;
}

/** What came of a source of events. @public */
export interface LineageEventsStatus {
  received: number;
  /** Events that could not be used. */
  rejected: number;
  lastReceivedAt?: string;
  lastRejectedAt?: string;
  /** Why the last was rejected, in one line. */
  lastRejection?: string;
  /** Edges that were not said again for {@link LineageEventsStatus.staleAfterSeconds}. */
  staleEdges: number;
  staleAfterSeconds: number;
  /** When an edge goes that is not said again. */
  expireAfterSeconds: number;
}

/** What becomes of one column of a dataset. @public */
export interface LineageColumnGraph {
  /** Id of the column asked for; undefined where no source knows the dataset. */
  root?: string;
  /** Nearest first, the one asked for among them. */
  columns: LineageColumn[];
  edges: LineageColumnEdge[];
  /** The datasets of the columns, and the jobs of the edges. */
  nodes: LineageNode[];
  /** More was found than the limit allows. */
  truncated: boolean;
}

/** @public */
export interface LineageColumn {
  id: string;
  /** The dataset. */
  nodeId: string;
  /** Undefined for a dataset as a whole, which a filter or a join changes. */
  column?: string;
  /** Distance from the column asked for, in jobs. */
  depth: number;
}

/** A job makes something of a column. @public */
export interface LineageColumnEdge {
  from: string;
  /** Undefined where no source says what it goes into. */
  to?: string;
  jobId: string;
  /** `identity`, `aggregation`, `filter` and so on, as far as a source says. */
  uses: string[];
  /** Ids of the providers that witness it. */
  providers: string[];
  lastSeenAt: string;
  /** No source has said it for longer than it is used to. */
  stale?: boolean;
}
