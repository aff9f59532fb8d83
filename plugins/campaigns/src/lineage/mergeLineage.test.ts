import { LineageGraph } from '@skein/plugin-campaigns-common';
import { aDataset, aJob, anEdge } from './__testUtils__/graphs';
import { mergeLineage } from './mergeLineage';

const summary = {
  direct: 1,
  indirect: 0,
  owners: 0,
  deepest: 1,
  byFramework: {},
  byOwner: {},
  byDepth: {},
};

it('mergeLineage goes on from where was looked, and keeps what was known', () => {
  const end = aDataset('end', { depth: 2 });
  const graph: LineageGraph = {
    nodes: [aDataset('root', { depth: 0 }), aJob('a'), end],
    edges: [anEdge('root', 'a'), anEdge('a', 'end')],
    truncated: false,
    summary,
  };
  const beyond: LineageGraph = {
    nodes: [aDataset('end', { depth: 0 }), aJob('b'), aJob('a')],
    edges: [anEdge('end', 'b'), anEdge('a', 'end')],
    truncated: true,
    summary,
  };

  const merged = mergeLineage(graph, beyond, end);

  expect(merged.nodes.map(({ id, depth }) => [id, depth])).toEqual([
    ['root', 0],
    ['a', 1],
    ['end', 2],
    ['b', 3],
  ]);
  expect(merged.edges).toHaveLength(3);
  expect(merged.truncated).toBe(true);
});
