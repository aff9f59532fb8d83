import fc from 'fast-check';
import { LineageEdge, LineageNode } from '@skein/plugin-campaigns-common';
import { layoutLineage } from './layoutLineage';
import { visibleLineage } from './visibleLineage';

function node(id: string): LineageNode {
  return { id, kind: 'job', name: id, title: id, depth: 1 };
}

function edge(from: string, to: string): LineageEdge {
  return { from, to, providers: ['p'], lastSeenAt: '2026-11-20T00:00:00Z' };
}

/** root -> a, b, c; a -> d -> e */
const nodes = ['root', 'a', 'b', 'c', 'd', 'e'].map(node);
const graph = {
  root: nodes[0],
  nodes,
  edges: [
    edge('root', 'a'),
    edge('root', 'b'),
    edge('root', 'c'),
    edge('a', 'd'),
    edge('d', 'e'),
  ],
};

function ids(shown: { nodes: LineageNode[] }): string[] {
  return shown.nodes.map(({ id }) => id);
}

describe('visibleLineage', () => {
  it('shows a few near the root, and how many are hidden behind each', () => {
    const shown = visibleLineage(graph, {
      depth: 1,
      fanOut: 2,
      opened: new Set(),
    });
    expect(ids(shown)).toEqual(['root', 'a', 'b']);
    expect([...shown.hiddenAfter]).toEqual([
      ['root', 1],
      ['a', 1],
    ]);
  });

  it('shows all neighbours of an opened node', () => {
    const shown = visibleLineage(graph, {
      depth: 1,
      fanOut: 1,
      opened: new Set(['root', 'a']),
    });
    expect(ids(shown)).toEqual(['root', 'a', 'b', 'c', 'd']);
    expect([...shown.hiddenAfter]).toEqual([['d', 1]]);
  });

  it('goes upstream as well', () => {
    const shown = visibleLineage(
      { ...graph, root: nodes[5] },
      { depth: 2, fanOut: 9, opened: new Set() },
    );
    expect(ids(shown)).toEqual(['a', 'd', 'e']);
  });

  it('ends on any graph, shows edges between shown nodes alone, and places each node', () => {
    const names = fc.constantFrom('root', 'a', 'b', 'c', 'd', 'e', 'elsewhere');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(names, names), { maxLength: 30 }),
        fc.subarray(['root', 'a', 'b', 'c', 'd', 'e']),
        fc.nat(3),
        fc.nat(3),
        (pairs, opened, depth, fanOut) => {
          const shown = visibleLineage(
            { ...graph, edges: pairs.map(([from, to]) => edge(from, to)) },
            { depth, fanOut, opened: new Set(opened) },
          );
          const known = new Set(ids(shown));
          expect(known).toContain('root');
          for (const { from, to } of shown.edges) {
            expect(known).toContain(from);
            expect(known).toContain(to);
          }
          const places = layoutLineage(shown);
          for (const id of known) {
            expect(Number.isFinite(places.get(id)?.x)).toBe(true);
          }
        },
      ),
    );
  });

  it('places what is downstream to the right', () => {
    const places = layoutLineage(graph);
    expect(places.get('root')!.x).toBeLessThan(places.get('a')!.x);
    expect(places.get('a')!.x).toBeLessThan(places.get('d')!.x);
  });
});
