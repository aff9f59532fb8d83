/** Facets by key; what is used of them has been validated. */
export type Facets = Record<string, unknown>;

/** A dataset as events name it. */
export interface DatasetRef {
  namespace: string;
  name: string;
}

export interface EventDataset extends DatasetRef {
  facets?: Facets;
}

export interface EventJob {
  namespace: string;
  name: string;
  facets?: Facets;
}

/** A validated event, as far as lineage goes by it. */
export type OpenLineageEvent =
  | {
      kind: 'job';
      eventTime: string;
      job: EventJob;
      inputs: EventDataset[];
      outputs: EventDataset[];
    }
  | { kind: 'dataset'; eventTime: string; dataset: EventDataset };
