import { BareGraph } from './types';

/** How a node was reached from the root. */
export interface Reached {
  /** Edges on a shortest way. */
  distance: number;
  /** The same, below zero against the flow of data. */
  column: number;
  /** The node before it; undefined for the root. */
  parent?: string;
}

/** A graph as seen from its root. */
export interface LineageWalk {
  /** In the order in which they were reached. */
  reached: ReadonlyMap<string, Reached>;
  /** Neighbours that are one edge farther from the root. */
  farther(id: string): readonly string[];
}

/**
 * Walks a graph from its root outward, with the flow of data and against it.
 * What the root does not lead to is reached from the first such node.
 */
export function walkLineage({ root, nodes, edges }: BareGraph): LineageWalk {
  const neighbours = new Map<string, Array<{ id: string; step: number }>>(
    nodes.map(({ id }) => [id, []]),
  );
  for (const { from, to } of edges) {
    const before = neighbours.get(from);
    const after = neighbours.get(to);
    if (!before || !after || from === to) continue;
    before.push({ id: to, step: 1 });
    after.push({ id: from, step: -1 });
  }

  const reached = new Map<string, Reached>();
  for (const start of [root, ...neighbours.keys()]) {
    if (start === undefined || reached.has(start) || !neighbours.has(start)) {
      continue;
    }
    const walked = new Set([start]);
    reached.set(start, { distance: 0, column: 0 });
    // A set is walked in the order in which it grows.
    for (const id of walked) {
      const { distance, column } = reached.get(id)!;
      for (const next of neighbours.get(id)!) {
        if (reached.has(next.id)) continue;
        reached.set(next.id, {
          distance: distance + 1,
          column: column + next.step,
          parent: id,
        });
        walked.add(next.id);
      }
    }
  }

  const farther = new Map<string, string[]>();
  for (const [id, near] of neighbours) {
    const { distance } = reached.get(id)!;
    const ids = near
      .map(next => next.id)
      .filter(next => reached.get(next)!.distance > distance);
    farther.set(id, [...new Set(ids)]);
  }
  return { reached, farther: id => farther.get(id) ?? [] };
}

/** The nodes from the root to a node, both included. */
export function pathTo(walk: LineageWalk, id: string): string[] {
  const path: string[] = [];
  let at: string | undefined = walk.reached.has(id) ? id : undefined;
  while (at !== undefined) {
    path.unshift(at);
    at = walk.reached.get(at)?.parent;
  }
  return path;
}
