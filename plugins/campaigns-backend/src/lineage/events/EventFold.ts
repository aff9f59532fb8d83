import { LineageEvent } from '@skein/plugin-campaigns-node';
import { AliasFact } from '../../database/operations/lineage/learnAliases';
import {
  NodeKey,
  ResolvedNode,
} from '../../database/operations/lineage/resolveNodes';
import { ColumnFact } from '../../database/operations/lineage/upsertColumns';
import { EdgeFact } from '../../database/operations/lineage/upsertEdges';
import { ColumnFlow, FactBatch, Flow } from '../FactBatch';
import {
  DatedMetadata,
  dateMetadata,
  mergeDated,
  underAlias,
} from './datedMetadata';

/**
 * What events say together: each node, edge and column once, with when it was
 * said last. In any order, and however often, the same events fold to the same.
 */
export class EventFold {
  readonly #nodes = new Map<string, NodeKey>();
  readonly #metadata = new Map<string, DatedMetadata>();
  readonly #flows = new Map<string, Flow & { at: number }>();
  readonly #columns = new Map<string, ColumnFlow & { at: number }>();
  readonly #aliases = new Map<string, { names: string[]; at: number }>();

  static of(events: Iterable<LineageEvent>): EventFold {
    const fold = new EventFold();
    for (const event of events) fold.#add(event);
    return fold;
  }

  get nodes(): NodeKey[] {
    return [...this.#nodes.values()];
  }

  get aliases(): AliasFact[] {
    return [...this.#aliases.values()].map(({ names, at }) => ({
      names,
      last_seen: at,
    }));
  }

  /** What is said of nodes, edges and columns by the ids of the nodes. */
  resolve(nodes: ResolvedNode[]) {
    const byKey = new Map(nodes.map(node => [FactBatch.keyOf(node), node]));
    const idOf = (key: string) => byKey.get(key)!.id;
    return {
      metadata: this.#describe(byKey),
      edges: this.#edges(idOf),
      columns: [...this.#columns.values()].map(
        (column): ColumnFact => ({
          job_node: idOf(column.job),
          from_node: idOf(column.from),
          from_column: column.fromColumn,
          to_node: column.to === undefined ? 0 : idOf(column.to),
          to_column: column.toColumn,
          transformation: column.transformation,
          last_seen: column.at,
        }),
      ),
    };
  }

  #add({ at, facts }: LineageEvent): void {
    const batch = new FactBatch();
    for (const fact of facts) batch.add(fact);
    for (const [key, node] of batch.nodes) this.#nodes.set(key, node);
    for (const [key, metadata] of batch.metadata) {
      const dated = dateMetadata(metadata, at);
      const before = this.#metadata.get(key);
      this.#metadata.set(key, before ? mergeDated(before, dated) : dated);
    }
    for (const [key, flow] of batch.flows) {
      const before = this.#flows.get(key);
      this.#flows.set(key, {
        ...flow,
        confidence: surer(flow.confidence, before?.confidence),
        at: Math.max(at, before?.at ?? 0),
      });
    }
    for (const [key, column] of batch.columnFlows) {
      const before = this.#columns.get(key);
      this.#columns.set(key, { ...column, at: Math.max(at, before?.at ?? 0) });
    }
    for (const names of batch.aliases) {
      const key = names.join('\n');
      const before = this.#aliases.get(key);
      this.#aliases.set(key, { names, at: Math.max(at, before?.at ?? 0) });
    }
  }

  #describe(byKey: Map<string, ResolvedNode>): Map<number, DatedMetadata> {
    const described = new Map<number, DatedMetadata>();
    for (const [key, metadata] of this.#metadata) {
      const { id, kind, name, canonical } = byKey.get(key)!;
      const said = name === canonical ? metadata : underAlias(metadata, kind);
      const before = described.get(id);
      described.set(id, before ? mergeDated(before, said) : said);
    }
    return described;
  }

  /** Two names of one node make one edge. */
  #edges(idOf: (key: string) => number): EdgeFact[] {
    const edges = new Map<string, EdgeFact & { last_seen: number }>();
    for (const { from, to, confidence, at } of this.#flows.values()) {
      const ends = { from_node: idOf(from), to_node: idOf(to) };
      const key = `${ends.from_node} ${ends.to_node}`;
      const before = edges.get(key);
      edges.set(key, {
        ...ends,
        confidence: surer(confidence, before?.confidence),
        last_seen: Math.max(at, before?.last_seen ?? 0),
      });
    }
    return [...edges.values()];
  }
}

function surer(
  a: Flow['confidence'],
  b: Flow['confidence'] | undefined,
): Flow['confidence'] {
  return a === 'certain' || b === 'certain' ? 'certain' : a;
}
