/** `ref('model')`, `ref('package', 'model', v=2)`. */
export interface RefCall {
  package?: string;
  name: string;
  version?: string;
}

/** `source('name', 'table')`. */
export interface SourceCall {
  source: string;
  table: string;
}

/** What a file, or an exposure, reads by dbt's own names. */
export interface DbtCalls {
  refs: RefCall[];
  sources: SourceCall[];
}

/** A dataset by its dotted name. */
export interface DbtDataset {
  name: string;
  /** `likely` where a part of the name was assumed. */
  confidence: 'certain' | 'likely';
}

/** What a dbt project builds as one dataset. */
export interface DbtNode {
  name: string;
  dataset: DbtDataset;
  /** An ephemeral model has no table. */
  ephemeral: boolean;
  calls: DbtCalls;
}

/** A dbt project as its files say. */
export interface DbtProject {
  name: string;
  nodes: DbtNode[];
  /** By `source.table`, in lower case. */
  sources: Map<string, DbtDataset>;
  /** By model: the version that a `ref` without one means. */
  latestVersions: Map<string, string>;
  exposures: DbtExposure[];
  /** Macros read for whoever calls them. */
  macros: DbtCalls;
}

/** A consumer outside of dbt that a project declares, such as a dashboard. */
export interface DbtExposure {
  name: string;
  title?: string;
  calls: DbtCalls;
}

/** A project with everything by dataset names. */
export interface ResolvedProject {
  name: string;
  reads: DbtDataset[];
  writes: DbtDataset[];
  exposures: Array<{ name: string; title?: string; reads: DbtDataset[] }>;
  /** Datasets by model name, for projects that read them. */
  models: Map<string, DbtDataset>;
}
