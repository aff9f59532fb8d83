import {
  useCallback,
  useDeferredValue,
  useMemo,
  useReducer,
  useState,
} from 'react';
import { LineageGraph } from '@skein/plugin-campaigns-common';
import { chooseGrouping } from '../../lineage/chooseGrouping';
import {
  ExplorerAction,
  firstState,
  reduceExplorer,
} from '../../lineage/explorerState';
import {
  filterLineage,
  isNarrowed,
  searchLineage,
} from '../../lineage/lineageFilter';
import { toBareGraph } from '../../lineage/toBareGraph';
import { pathTo, walkLineage } from '../../lineage/walkLineage';
import { buildScene } from './picture/scene';
import { Follow } from './picture/useFollowedBox';
import { useBoxColors } from './useBoxColors';
import { usePicture } from './usePicture';

/** All that picture, table and the parts around them show of one graph. */
export type Explorer = ReturnType<typeof useExplorer>;

/** What a person sees of a graph, and what they do with it. */
export function useExplorer(graph: LineageGraph) {
  const [state, dispatch] = useReducer(reduceExplorer, graph.nodes, nodes =>
    firstState(chooseGrouping(nodes)),
  );
  const [follow, setFollow] = useState<Follow>({ to: 'whole' });
  const { filter, selected } = state;
  // Typing goes on while thousands are looked through.
  const words = useDeferredValue(state.words);

  const bare = useMemo(() => toBareGraph(graph), [graph]);
  const walk = useMemo(() => walkLineage(bare), [bare]);
  const nodes = useMemo(
    () => new Map(graph.nodes.map(node => [node.id, node])),
    [graph],
  );
  const mostLevels = useMemo(
    () => Math.max(1, ...[...walk.reached.values()].map(it => it.distance)),
    [walk],
  );
  const left = useMemo(() => filterLineage(graph, filter), [graph, filter]);
  const rows = useMemo(() => searchLineage(left, words), [left, words]);
  const view = useMemo(
    () => ({
      ...state.view,
      matched: isNarrowed(filter)
        ? new Set(left.map(({ id }) => id))
        : undefined,
    }),
    [state.view, filter, left],
  );
  const picture = usePicture(bare, view);

  const colorOf = useBoxColors(state.colouring);
  const searched = words.trim() !== '';
  const foundNodes = useMemo(
    () => (searched ? new Set(rows.map(({ id }) => id)) : undefined),
    [searched, rows],
  );
  const scene = useMemo(
    () =>
      buildScene({
        picture,
        nodes,
        colorOf,
        foundNodes,
        pathNodes: selected === undefined ? [] : pathTo(walk, selected),
        selected,
      }),
    [picture, nodes, colorOf, foundNodes, walk, selected],
  );

  const act = useCallback((action: ExplorerAction) => {
    dispatch(action);
    const next = followOf(action);
    if (next) setFollow(next);
  }, []);

  return {
    graph,
    state,
    act,
    follow,
    walk,
    mostLevels,
    nodes,
    /** What the filter leaves. */
    left,
    /** Those of them with the words that are searched for. */
    rows,
    searched,
    scene,
    colorOf,
  };
}

/** Where the picture is to look after something that was done; undefined where it stays. */
function followOf(action: ExplorerAction): Follow | undefined {
  switch (action.type) {
    case 'expand':
    case 'collapse':
      return { to: 'same', box: action.box };
    case 'reveal':
      return { to: 'node', id: action.id };
    case 'group':
    case 'levels':
    case 'everything':
    case 'startAgain':
    case 'filter':
      return { to: 'whole' };
    default:
      return undefined;
  }
}
