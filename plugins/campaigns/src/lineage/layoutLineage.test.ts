import fc from 'fast-check';
import { LineageNode } from '@skein/plugin-campaigns-common';
import { layoutLineage, nodeHeight, nodeWidth } from './layoutLineage';

function node(id: string): LineageNode {
  return { id, kind: 'job', name: id, title: id, depth: 0 };
}

function edge([from, to]: [number, number]) {
  return {
    from: `${from}`,
    to: `${to}`,
    providers: [],
    lastSeenAt: '2026-11-20T00:00:00Z',
  };
}

const graphs = fc.integer({ min: 1, max: 300 }).chain(size =>
  fc.record({
    nodes: fc.constant(
      Array.from({ length: size }, (_, index) => node(`${index}`)),
    ),
    edges: fc.array(
      // Also edges to nodes that are not shown.
      fc.tuple(fc.nat(size), fc.nat(size)).map(edge),
      { maxLength: size },
    ),
  }),
);

describe('layoutLineage', () => {
  it('places every node once, none over another, however many there are', () => {
    fc.assert(
      fc.property(graphs, graph => {
        const placed = [...layoutLineage(graph, '0').values()];

        expect(placed).toHaveLength(graph.nodes.length);
        for (let one = 0; one < placed.length; one++) {
          for (let two = one + 1; two < placed.length; two++) {
            const apart =
              Math.abs(placed[one].x - placed[two].x) >= nodeWidth ||
              Math.abs(placed[one].y - placed[two].y) >= nodeHeight;
            if (!apart) throw new Error(`${one} lies over ${two}`);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('places what reads a dataset to its right, what writes it to its left', () => {
    const nodes = Array.from({ length: 201 }, (_, index) => node(`${index}`));
    const edges = nodes
      .slice(1)
      .map((_, index) => edge(index % 2 ? [index + 1, 0] : [0, index + 1]));

    const placed = layoutLineage({ nodes, edges }, '0');

    const root = placed.get('0')?.x ?? 0;
    expect(placed.get('1')?.x).toBeGreaterThan(root);
    expect(placed.get('2')?.x).toBeLessThan(root);
  });
});
