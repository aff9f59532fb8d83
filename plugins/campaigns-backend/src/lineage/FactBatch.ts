import { LineageFact } from '@skein/plugin-campaigns-node';
import { EdgeFact } from '../database/operations/lineage/upsertEdges';
import { NodeKey } from '../database/operations/lineage/resolveNodes';
import { ColumnFact } from '../database/operations/lineage/upsertColumns';
import { NodeMetadata } from './mergeNodeMetadata';
import { normalizeColumnName } from './normalizeColumnName';
import { normalizeDatasetName, unstorable } from './normalizeDatasetName';
import { normalizeJobName, trimSlashes } from './normalizeJobName';

/** An edge by the keys of its nodes. */
export interface Flow {
  from: string;
  to: string;
  confidence: 'certain' | 'likely';
}

/** A column that a job reads, by the keys of the nodes. */
export interface ColumnFlow {
  job: string;
  from: string;
  fromColumn: string;
  /** Undefined where no source says. */
  to?: string;
  /** Empty for the dataset as a whole. */
  toColumn: string;
  transformation: string;
}

/** Some facts of a source, with their names brought to one identity and each node and edge once. */
export class FactBatch {
  readonly #nodes = new Map<string, NodeKey>();
  readonly #metadata = new Map<string, NodeMetadata>();
  readonly #flows = new Map<string, Flow>();
  readonly #columns = new Map<string, ColumnFlow>();
  readonly #aliases: string[][] = [];

  static keyOf(node: NodeKey): string {
    return `${node.kind} ${node.name}`;
  }

  get nodes(): ReadonlyMap<string, NodeKey> {
    return this.#nodes;
  }

  get metadata(): ReadonlyMap<string, NodeMetadata> {
    return this.#metadata;
  }

  get flows(): ReadonlyMap<string, Flow> {
    return this.#flows;
  }

  get columnFlows(): ReadonlyMap<string, ColumnFlow> {
    return this.#columns;
  }

  /** Names of datasets, each list of one. */
  get aliases(): readonly string[][] {
    return this.#aliases;
  }

  /** @returns whether the fact could be used; one whose name is none cannot */
  add(fact: Exclude<LineageFact, { type: 'unread' }>): boolean {
    switch (fact.type) {
      case 'dataset':
        return this.#describe(this.#dataset(fact.name), {
          title: fact.title,
          entityRef: fact.entityRef,
          ownerRef: fact.ownerRef,
        });
      case 'job':
        return this.#describe(this.#job(fact.name), {
          title: fact.title,
          entityRef: fact.entityRef,
          ownerRef: fact.ownerRef,
          framework: fact.framework,
          repository: fact.repository,
          path: fact.repository && trimSlashes(fact.path ?? ''),
        });
      case 'column':
        return this.#column(fact);
      case 'sameDataset': {
        const names = new Set(fact.names.map(normalizeDatasetName));
        names.delete('');
        if (names.size > 1) this.#aliases.push([...names].sort());
        return names.size > 1;
      }
      default: {
        const dataset = this.#dataset(fact.dataset);
        const job = this.#job(fact.job);
        if (!dataset || !job) return false;
        const { confidence = 'certain' } = fact;
        if (fact.type === 'read') this.#flow(dataset, job, confidence);
        else this.#flow(job, dataset, confidence);
        return true;
      }
    }
  }

  /** The edges, once the ids of the nodes are known. */
  edges(ids: ReadonlyMap<string, number>): EdgeFact[] {
    const edges = new Map<string, EdgeFact>();
    for (const { from, to, confidence } of this.#flows.values()) {
      const ends = { from_node: ids.get(from)!, to_node: ids.get(to)! };
      // Two names of one node make one edge.
      const key = `${ends.from_node} ${ends.to_node}`;
      const surer = edges.get(key)?.confidence === 'certain';
      edges.set(key, { ...ends, confidence: surer ? 'certain' : confidence });
    }
    return [...edges.values()];
  }

  /** What is known of columns, once the ids of the nodes are known. */
  columns(ids: ReadonlyMap<string, number>): ColumnFact[] {
    return [...this.#columns.values()].map(column => ({
      job_node: ids.get(column.job)!,
      from_node: ids.get(column.from)!,
      from_column: column.fromColumn,
      to_node: column.to === undefined ? 0 : ids.get(column.to)!,
      to_column: column.toColumn,
      transformation: column.transformation,
    }));
  }

  #describe(key: string | undefined, metadata: NodeMetadata): boolean {
    if (!key) return false;
    this.#metadata.set(
      key,
      combineMetadata(this.#metadata.get(key), bounded(metadata)),
    );
    return true;
  }

  #column(fact: Extract<LineageFact, { type: 'column' }>): boolean {
    const fromColumn = normalizeColumnName(fact.column);
    const names = [fact.dataset, ...(fact.into ? [fact.into.dataset] : [])];
    // No node is made for what cannot be used.
    if (!fromColumn || !names.every(normalizeDatasetName)) return false;
    const job = this.#job(fact.job);
    if (!job) return false;
    const flow: ColumnFlow = {
      job,
      from: this.#dataset(fact.dataset)!,
      fromColumn,
      to: fact.into && this.#dataset(fact.into.dataset),
      toColumn: normalizeColumnName(fact.into?.column ?? ''),
      transformation: toTransformation(fact.transformation),
    };
    this.#columns.set(Object.values(flow).join('\n'), flow);
    this.#flow(flow.from, job, 'certain');
    if (flow.to !== undefined) this.#flow(job, flow.to, 'certain');
    return true;
  }

  #flow(from: string, to: string, confidence: Flow['confidence']): void {
    const key = `${from}\n${to}`;
    const surer = this.#flows.get(key)?.confidence === 'certain';
    this.#flows.set(key, {
      from,
      to,
      confidence: surer ? 'certain' : confidence,
    });
  }

  #dataset(name: string): string | undefined {
    return this.#node('dataset', normalizeDatasetName(name));
  }

  #job(name: string): string | undefined {
    return this.#node('job', normalizeJobName(name));
  }

  #node(kind: NodeKey['kind'], name: string): string | undefined {
    if (name === '') return undefined;
    const node = { kind, name };
    const key = FactBatch.keyOf(node);
    this.#nodes.set(key, node);
    return key;
  }
}

/** What one source says of a node in several facts: the first word on each field counts. */
export function combineMetadata(
  earlier: NodeMetadata | undefined,
  later: NodeMetadata,
): NodeMetadata {
  const combined: NodeMetadata = { ...later };
  for (const [key, value] of Object.entries(earlier ?? {})) {
    if (value !== undefined) Object.assign(combined, { [key]: value });
  }
  return combined;
}

/** One word; what is none is not said. */
function toTransformation(text: string = ''): string {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return /^[a-z_]{1,64}$/.test(word) ? word : '';
}

/** The store's columns have bounds, and sources are not to be trusted with them. */
function bounded(metadata: NodeMetadata): NodeMetadata {
  const { repository, path } = metadata;
  const fits =
    repository &&
    repository.host.length <= 255 &&
    repository.owner.length <= 100 &&
    repository.name.length <= 100 &&
    (path ?? '').length <= 500 &&
    Object.values({ ...repository, path: path ?? '' }).every(
      text => text.search(unstorable) === -1,
    );
  return {
    title: metadata.title?.slice(0, 1000).replace(unstorable, ''),
    entityRef: shorter(metadata.entityRef, 767),
    ownerRef: shorter(metadata.ownerRef, 767),
    framework: shorter(metadata.framework, 64),
    repository: fits ? repository : undefined,
    path: fits ? path : undefined,
  };
}

function shorter(text: string | undefined, length: number) {
  return text !== undefined &&
    text.length <= length &&
    text.search(unstorable) === -1
    ? text
    : undefined;
}
