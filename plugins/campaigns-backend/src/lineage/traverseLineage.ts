import { NeighbourRow } from '../database/operations/lineage/readNeighbours';

/** Nodes whose neighbours are read at one time, smallest ids first. */
const NODES_AT_ONCE = 2000;

/** A node on the way, and the one before it on a shortest path. */
export interface VisitedNode {
  id: number;
  kind: 'dataset' | 'job';
  /** Jobs on the way from the root, this one included where it is a job. */
  depth: number;
  /** Undefined for the root. */
  parent?: number;
}

/** What was found from a root. */
export interface Traversal {
  direction: 'downstream' | 'upstream';
  /** In the order of their depth. */
  visited: Map<number, VisitedNode>;
  /** Edges between visited nodes, one row per witness. */
  edges: NeighbourRow[];
  truncated: boolean;
}

/** Where to begin and how far to go. */
export interface TraversalOptions {
  root: { id: number; kind: 'dataset' | 'job' };
  direction: 'downstream' | 'upstream';
  /** In jobs. */
  depth: number;
  /** Nodes to visit at most, the root included. */
  limit: number;
  /** Leave out what the last jobs write, and what flows back from there. */
  jobsOnly?: boolean;
  readNeighbours(
    nodeIds: number[],
    direction: 'downstream' | 'upstream',
  ): Promise<NeighbourRow[]>;
}

/**
 * Walks level by level, so that each node is met first on a shortest path.
 *
 * Datasets and jobs take turns along any path. A step to a job costs 1, a step
 * to a dataset nothing, and every node is visited once: cycles end by
 * themselves. Of several parents at one distance the smallest id is taken, so
 * that the same graph gives the same paths.
 */
export async function traverseLineage(
  options: TraversalOptions,
): Promise<Traversal> {
  const { root, direction, limit } = options;
  const visited = new Map<number, VisitedNode>([
    [root.id, { id: root.id, kind: root.kind, depth: 0 }],
  ]);
  const edges: NeighbourRow[] = [];
  let level = [root.id];
  let kind = root.kind;
  let depth = 0;
  let truncated = false;
  while (level.length > 0 && !truncated) {
    if (options.jobsOnly && kind === 'job' && depth === options.depth) break;
    const nextDepth = kind === 'dataset' ? depth + 1 : depth;
    const last = nextDepth > options.depth;
    const parents = new Map<number, number>();
    for (let at = 0; at < level.length; at += NODES_AT_ONCE) {
      const rows = await options.readNeighbours(
        level.slice(at, at + NODES_AT_ONCE),
        direction,
      );
      for (const row of rows) edges.push(row);
      collectParents(rows, direction, visited, parents);
      // A hub below the limit's edge may have a hundred thousand consumers.
      if (!last && visited.size + parents.size > limit) break;
    }
    if (last) break;
    const next = [...parents.keys()].sort((a, b) => a - b);
    truncated = visited.size + next.length > limit;
    level = next.slice(0, limit - visited.size);
    kind = kind === 'dataset' ? 'job' : 'dataset';
    for (const id of level) {
      visited.set(id, { id, kind, depth: nextDepth, parent: parents.get(id) });
    }
    depth = nextDepth;
  }
  return {
    direction,
    visited,
    edges: edges.filter(
      edge => visited.has(edge.from_node) && visited.has(edge.to_node),
    ),
    truncated,
  };
}

/** Adds the unvisited nodes that edges lead to, each with its smallest near end. */
function collectParents(
  rows: NeighbourRow[],
  direction: 'downstream' | 'upstream',
  visited: ReadonlyMap<number, VisitedNode>,
  parents: Map<number, number>,
): void {
  for (const { from_node: from, to_node: to } of rows) {
    const [near, far] = direction === 'downstream' ? [from, to] : [to, from];
    if (visited.has(far)) continue;
    const known = parents.get(far);
    if (known === undefined || near < known) parents.set(far, near);
  }
}

/** The nodes from the root to a visited node, both included. */
export function pathTo(traversal: Traversal, id: number): number[] {
  const path: number[] = [];
  let at = traversal.visited.get(id);
  while (at) {
    path.unshift(at.id);
    at = at.parent === undefined ? undefined : traversal.visited.get(at.parent);
  }
  return path;
}
