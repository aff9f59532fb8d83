import fc from 'fast-check';
import { aDataset, aJob, anEdge, graphs } from './__testUtils__/graphs';
import { arrangeLineage } from './arrangeLineage';
import { ExplorerState, firstState, reduceExplorer } from './explorerState';

const jobs = [1, 2, 3, 4].map(index =>
  aJob(`${index}`, { ownerRef: 'group:default/x' }),
);
const arrange = arrangeLineage({
  root: 'root',
  nodes: [aDataset('root'), ...jobs, aDataset('table'), aJob('last')],
  edges: [
    ...jobs.map(({ id }) => anEdge('root', id)),
    anEdge('1', 'table'),
    anEdge('table', 'last'),
  ],
});

function boxes({ view }: ExplorerState) {
  return arrange(view).boxes;
}

/** Does it to the box that holds a node. */
function act(
  state: ExplorerState,
  type: 'expand' | 'collapse',
  member: string,
): ExplorerState {
  const box = boxes(state).find(({ members }) => members.includes(member))!;
  return reduceExplorer(state, { type, box });
}

describe('reduceExplorer', () => {
  it('expands a group, then a node; collapses the node, then the group', () => {
    const first = firstState('team');
    expect(boxes(first).map(({ members }) => members.length)).toEqual([
      1, 4, 1,
    ]);

    const group = act(first, 'expand', '2');
    expect(boxes(group)).toHaveLength(6);
    const node = act(group, 'expand', 'table');
    expect(boxes(node).map(({ id }) => id)).toContain('last');

    const closed = act(node, 'collapse', 'table');
    expect(boxes(closed).map(({ id }) => id)).not.toContain('last');
    expect(boxes(act(closed, 'collapse', '2'))).toHaveLength(3);
  });

  it('goes level by level, whatever was opened or closed before', () => {
    const closed = act(firstState('none'), 'collapse', 'root');
    expect(boxes(closed)).toHaveLength(1);

    const three = reduceExplorer(closed, { type: 'levels', levels: 3 });
    expect(boxes(three)).toHaveLength(7);
    const one = reduceExplorer(three, { type: 'levels', levels: 1 });
    expect(boxes(one)).toHaveLength(5);
  });

  it('shows everything one by one, and begins again', () => {
    const all = reduceExplorer(firstState('team'), { type: 'everything' });
    expect(boxes(all)).toHaveLength(7);
    const again = reduceExplorer(all, { type: 'startAgain' });
    expect(again.view).toEqual(firstState('none').view);
  });

  it('shows a node that is looked for, wherever it is', () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom('a', 'd', 'h'), (graph, id) => {
        const prepared = arrangeLineage(graph);
        const state = reduceExplorer(firstState('team'), {
          type: 'reveal',
          id,
        });
        const shown = prepared(state.view).boxes.map(box => box.id);
        // What hangs nowhere has no way from the root to be shown by.
        const hangs = prepared({ ...state.view, levels: 99 })
          .boxes.flatMap(({ members }) => members)
          .includes(id);
        expect(shown.includes(id)).toBe(hangs);
        expect(state.selected).toBe(id);
      }),
    );
  });
});
