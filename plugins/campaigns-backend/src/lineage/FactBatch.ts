import { LineageFact } from '@skein/plugin-campaigns-node';
import { EdgeFact } from '../database/operations/lineage/upsertEdges';
import { NodeKey } from '../database/operations/lineage/resolveNodes';
import { NodeMetadata } from './mergeNodeMetadata';
import { normalizeDatasetName } from './normalizeDatasetName';
import { normalizeJobName, trimSlashes } from './normalizeJobName';

type Flow = { from: string; to: string; confidence: 'certain' | 'likely' };

/** Some facts of a source, with their names brought to one identity and each node and edge once. */
export class FactBatch {
  readonly #nodes = new Map<string, NodeKey>();
  readonly #metadata = new Map<string, NodeMetadata>();
  readonly #flows = new Map<string, Flow>();

  static keyOf(node: NodeKey): string {
    return `${node.kind} ${node.name}`;
  }

  get nodes(): ReadonlyMap<string, NodeKey> {
    return this.#nodes;
  }

  get metadata(): ReadonlyMap<string, NodeMetadata> {
    return this.#metadata;
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
      default: {
        const dataset = this.#dataset(fact.dataset);
        const job = this.#job(fact.job);
        if (!dataset || !job) return false;
        const [from, to] =
          fact.type === 'read' ? [dataset, job] : [job, dataset];
        const key = `${from}\n${to}`;
        const confidence =
          this.#flows.get(key)?.confidence === 'certain'
            ? 'certain'
            : fact.confidence ?? 'certain';
        this.#flows.set(key, { from, to, confidence });
        return true;
      }
    }
  }

  /** The edges, once the ids of the nodes are known. */
  edges(ids: ReadonlyMap<string, number>): EdgeFact[] {
    return [...this.#flows.values()].map(({ from, to, confidence }) => ({
      from_node: ids.get(from)!,
      to_node: ids.get(to)!,
      confidence,
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

/** The store's columns have bounds, and sources are not to be trusted with them. */
function bounded(metadata: NodeMetadata): NodeMetadata {
  const { repository, path } = metadata;
  const fits =
    repository &&
    repository.host.length <= 255 &&
    repository.owner.length <= 100 &&
    repository.name.length <= 100 &&
    (path ?? '').length <= 500;
  return {
    title: metadata.title?.slice(0, 1000),
    entityRef: shorter(metadata.entityRef, 767),
    ownerRef: shorter(metadata.ownerRef, 767),
    framework: shorter(metadata.framework, 64),
    repository: fits ? repository : undefined,
    path: fits ? path : undefined,
  };
}

function shorter(text: string | undefined, length: number) {
  return text !== undefined && text.length <= length ? text : undefined;
}
