import { LineageWalk, pathTo } from './walkLineage';
import { PictureView } from './types';

/** Neighbours of one node that are shown before it is opened. */
const fanOut = 12;

/** The nodes that are shown, and how many neighbours of each are not. */
export interface VisibleLineage {
  shown: ReadonlySet<string>;
  /** Neighbours farther from the root that are not shown, by node. */
  hiddenAfter: ReadonlyMap<string, number>;
}

/**
 * The part of a graph that is shown: what is near the root, all neighbours of
 * what was opened, none of what was closed, and what was jumped to. A filter
 * leaves what matches and what lies on the way there.
 */
export function visibleLineage(
  walk: LineageWalk,
  root: string | undefined,
  view: PictureView,
): VisibleLineage {
  const kept = keptByFilter(walk, view.matched);
  const revealed = withWays(walk, view.revealed);
  const farther = (id: string) =>
    walk.farther(id).filter(next => kept === undefined || kept.has(next));
  // Groups hold any number; single boxes would bury the others.
  const usual =
    view.everything || view.grouping !== 'none' || view.matched
      ? Infinity
      : fanOut;
  const most = (id: string) => {
    if (view.closed.has(id)) return 0;
    if (view.opened.has(id)) return Infinity;
    return walk.reached.get(id)!.distance < view.levels ? usual : 0;
  };

  const shown = new Set(root === undefined ? walk.reached.keys() : [root]);
  // A set is walked in the order in which it grows.
  for (const id of shown) {
    const next = farther(id);
    for (const each of next.slice(0, most(id))) shown.add(each);
    for (const each of next) if (revealed.has(each)) shown.add(each);
  }

  const hiddenAfter = new Map<string, number>();
  for (const id of shown) {
    const hidden = farther(id).filter(next => !shown.has(next)).length;
    if (hidden > 0) hiddenAfter.set(id, hidden);
  }
  return { shown, hiddenAfter };
}

function keptByFilter(
  walk: LineageWalk,
  matched: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  return matched && withWays(walk, matched);
}

/** Nodes with all that lie on the way from the root to them. */
function withWays(
  walk: LineageWalk,
  ids: ReadonlySet<string>,
): ReadonlySet<string> {
  const all = new Set<string>();
  for (const id of ids) {
    for (const each of pathTo(walk, id).reverse()) {
      // The rest of the way is in already.
      if (all.has(each)) break;
      all.add(each);
    }
  }
  return all;
}
