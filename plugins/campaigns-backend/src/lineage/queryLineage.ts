import {
  LineageEdge,
  LineageGraph,
  LineageNode,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../authorization';
import { toIso } from '../database/clock';
import { findNode } from '../database/operations/lineage/findNode';
import { readMigrations } from '../database/operations/lineage/readMigrations';
import {
  NeighbourRow,
  readNeighbours,
} from '../database/operations/lineage/readNeighbours';
import { readNodes } from '../database/operations/lineage/readNodes';
import { addColumnsRead } from './addColumnsRead';
import { matchMigrations } from './matchMigrations';
import { summarizeLineage } from './summarizeLineage';
import { toLineageNode } from './toLineageNode';
import { topologicalLevels } from './topologicalLevels';
import { traverseLineage, Traversal } from './traverseLineage';

/** A question to the stored lineage. */
export interface LineageQuery {
  /** A dotted dataset name, or an entity ref. */
  dataset: string;
  /** Default: `downstream`. */
  direction?: 'downstream' | 'upstream' | 'both';
  /** In jobs. Default: 3. */
  depth?: number;
  /** Nodes in the answer at most. Default: 2,000. */
  limit?: number;
}

const emptyGraph: LineageGraph = {
  nodes: [],
  edges: [],
  truncated: false,
  summary: summarizeLineage([]),
};

/**
 * What reads a dataset, or what it is made from.
 *
 * The summary counts the jobs downstream, or upstream where only that was asked
 * for. A dataset that no source knows gives a graph without root.
 *
 * @param readable - the targets whose migration may be shown beside their jobs
 */
export async function queryLineage(
  knex: Knex,
  query: LineageQuery,
  readable: RowFilter,
): Promise<LineageGraph> {
  const { direction = 'downstream', depth = 3, limit = 2000 } = query;
  const root = await findNode(knex, query.dataset);
  if (!root) return emptyGraph;

  const directions =
    direction === 'both'
      ? (['downstream', 'upstream'] as const)
      : ([direction] as const);
  const traversals: Traversal[] = [];
  for (const each of directions) {
    traversals.push(
      await traverseLineage({
        root,
        direction: each,
        depth,
        limit,
        readNeighbours: (ids, where) => readNeighbours(knex, ids, where),
      }),
    );
  }

  const depths = new Map<number, number>();
  for (const { visited } of traversals) {
    for (const [id, node] of visited) {
      depths.set(id, Math.min(node.depth, depths.get(id) ?? Infinity));
    }
  }
  const rows = await readNodes(knex, [...depths.keys()]);
  const migrations =
    root.kind === 'dataset'
      ? await readMigrations(knex, root.name, readable)
      : [];
  const levels = levelsDownstream(root.id, traversals);
  const nodes = matchMigrations(
    [...rows.values()].map(row => ({
      ...toLineageNode(row, depths.get(row.id)!),
      ...(row.kind === 'job' && { level: levels.get(row.id) }),
    })),
    migrations,
  ).sort(byDepth);
  return {
    root: nodes.find(node => node.id === String(root.id)),
    nodes:
      direction === 'upstream' || root.kind !== 'dataset'
        ? nodes
        : await addColumnsRead(knex, root, nodes),
    edges: mergeWitnesses(
      traversals
        .flatMap(traversal => traversal.edges)
        .filter(edge => rows.has(edge.from_node) && rows.has(edge.to_node)),
    ),
    truncated: traversals.some(traversal => traversal.truncated),
    summary: summarizeLineage(
      nodes.filter(node => traversals[0].visited.has(Number(node.id))),
    ),
  };
}

/** What flows back into the root is no reason to wait. */
function levelsDownstream(
  root: number,
  traversals: Traversal[],
): Map<number, number> {
  const downstream = traversals.find(each => each.direction === 'downstream');
  if (!downstream) return new Map();
  return topologicalLevels(
    downstream.visited.keys(),
    downstream.edges.flatMap(({ from_node: from, to_node: to }) =>
      to === root ? [] : [{ from, to }],
    ),
    id => downstream.visited.get(id)!.kind === 'job',
  );
}

function byDepth(a: LineageNode, b: LineageNode): number {
  if (a.depth !== b.depth) return a.depth - b.depth;
  if (a.kind !== b.kind) return a.kind === 'dataset' ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/** The same edge from two sources is one edge with two witnesses. */
function mergeWitnesses(rows: NeighbourRow[]): LineageEdge[] {
  const edges = new Map<string, LineageEdge & { lastSeen: number }>();
  // Only shown, so this process's clock will do.
  const now = Date.now();
  for (const row of rows) {
    const key = `${row.from_node} ${row.to_node}`;
    const lastSeen = Number(row.last_seen);
    const edge = edges.get(key);
    const stale =
      row.stale_after !== null && lastSeen < now - Number(row.stale_after);
    // One witness that is fresh is enough.
    if (edge && !stale) delete edge.stale;
    if (!edge) {
      edges.set(key, {
        from: String(row.from_node),
        to: String(row.to_node),
        providers: [row.provider],
        lastSeenAt: toIso(lastSeen)!,
        lastSeen,
        ...(stale && { stale }),
      });
    } else {
      if (!edge.providers.includes(row.provider)) {
        edge.providers = [...edge.providers, row.provider].sort();
      }
      if (lastSeen > edge.lastSeen) {
        edge.lastSeen = lastSeen;
        edge.lastSeenAt = toIso(lastSeen)!;
      }
    }
  }
  return [...edges.values()].map(({ lastSeen: _, ...edge }) => edge);
}
