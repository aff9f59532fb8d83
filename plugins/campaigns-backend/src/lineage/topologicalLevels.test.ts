import fc from 'fast-check';
import { LevelEdge, topologicalLevels } from './topologicalLevels';

const graph = fc
  .array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 25 })
  .map(pairs => pairs.map(([from, to]) => ({ from, to })));
const nodes = Array.from({ length: 10 }, (_, i) => i);
const isCounted = (node: number) => node % 2 === 1;

/** Whether a way leads from one node to another, by walking all of them. */
function reaches(edges: LevelEdge<number>[], from: number, to: number) {
  const seen = new Set([from]);
  for (const node of seen) {
    for (const edge of edges) if (edge.from === node) seen.add(edge.to);
  }
  return seen.has(to);
}

/** By its definition: a component's level is one more than the greatest before it. */
function naiveLevel(edges: LevelEdge<number>[], node: number): number {
  const component = nodes.filter(
    each => reaches(edges, each, node) && reaches(edges, node, each),
  );
  const before = edges
    .filter(
      ({ from, to }) => component.includes(to) && !component.includes(from),
    )
    .map(({ from }) => naiveLevel(edges, from));
  return Math.max(0, ...before) + (component.some(isCounted) ? 1 : 0);
}

describe('topologicalLevels', () => {
  it('gives the levels of a naive walk, on any graph with cycles', () => {
    fc.assert(
      fc.property(graph, edges => {
        const levels = topologicalLevels(nodes, edges, isCounted);
        for (const node of nodes) {
          expect(levels.get(node)).toBe(naiveLevel(edges, node));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('puts nothing before what it is made from', () => {
    fc.assert(
      fc.property(graph, edges => {
        const levels = topologicalLevels(nodes, edges);
        for (const { from, to } of edges) {
          const cyclic = reaches(edges, to, from);
          expect(levels.get(to)! - levels.get(from)!).toBeGreaterThanOrEqual(
            cyclic ? 0 : 1,
          );
        }
      }),
    );
  });

  it('bears a chain of a hundred thousand', () => {
    const chain = Array.from({ length: 100_000 }, (_, i) => i);
    const levels = topologicalLevels(
      chain,
      chain.slice(1).map(to => ({ from: to - 1, to })),
    );
    expect(levels.get(99_999)).toBe(100_000);
  });

  it('bears a cycle of a hundred thousand', () => {
    const ring = Array.from({ length: 100_000 }, (_, i) => i);
    const levels = topologicalLevels(
      ring,
      ring.map(from => ({ from, to: (from + 1) % ring.length })),
    );
    expect(new Set(levels.values())).toEqual(new Set([1]));
  });
});
