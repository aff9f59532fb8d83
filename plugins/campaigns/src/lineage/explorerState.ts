import { LineageFilter, noFilter } from './lineageFilter';
import { Grouping, PictureBox, PictureView } from './types';

/** What a person has chosen in the explorer, but for the filter's effect. */
export interface ExplorerState {
  view: Omit<PictureView, 'matched'>;
  colouring: Colouring;
  filter: LineageFilter;
  /** Words to look for. */
  words: string;
  /** The node or group that is looked at. */
  selected?: string;
}

/** What the colours of the picture say. */
export type Colouring = 'framework' | 'migration';

export type ExplorerAction =
  | { type: 'expand' | 'collapse'; box: PictureBox }
  | { type: 'levels'; levels: number }
  | { type: 'group'; grouping: Grouping }
  | { type: 'everything' | 'startAgain' }
  | { type: 'colour'; colouring: Colouring }
  | { type: 'filter'; filter: LineageFilter }
  | { type: 'search'; words: string }
  | { type: 'select'; id: string | undefined }
  /** Select a node and have it shown, wherever it is. */
  | { type: 'reveal'; id: string };

/** Consumers, and what they write. */
const firstLevels = 2;

const none: ReadonlySet<string> = new Set();

/** As the explorer opens. */
export function firstState(grouping: Grouping): ExplorerState {
  return {
    view: {
      levels: firstLevels,
      grouping,
      everything: false,
      opened: none,
      closed: none,
      openedGroups: none,
      revealed: none,
    },
    colouring: 'framework',
    filter: noFilter,
    words: '',
  };
}

/** The state after something that a person did. */
export function reduceExplorer(
  state: ExplorerState,
  action: ExplorerAction,
): ExplorerState {
  const { view } = state;
  switch (action.type) {
    case 'expand':
      return { ...state, view: expand(view, action.box) };
    case 'collapse':
      return { ...state, view: collapse(view, action.box) };
    case 'levels':
      return { ...state, view: withLevels(view, action.levels) };
    case 'group':
      return { ...state, view: { ...view, grouping: action.grouping } };
    case 'everything':
      return {
        ...state,
        view: {
          ...withLevels(view, Infinity),
          grouping: 'none',
          everything: true,
        },
      };
    case 'startAgain':
      return { ...state, view: firstState(view.grouping).view };
    case 'colour':
      return { ...state, colouring: action.colouring };
    case 'filter':
      return { ...state, filter: action.filter };
    case 'search':
      return { ...state, words: action.words };
    case 'select':
      return { ...state, selected: action.id };
    default:
      return {
        ...state,
        selected: action.id,
        view: { ...view, revealed: withItem(view.revealed, action.id) },
      };
  }
}

type View = ExplorerState['view'];

function expand(view: View, box: PictureBox): View {
  if (box.groupKey !== undefined) {
    return { ...view, openedGroups: withItem(view.openedGroups, box.id) };
  }
  return {
    ...view,
    opened: withItem(view.opened, box.id),
    closed: without(view.closed, box.id),
  };
}

/** What follows a node goes first; then the node goes back into its group. */
function collapse(view: View, box: PictureBox): View {
  if (box.groupKey === undefined && box.open) {
    return {
      ...view,
      opened: without(view.opened, box.id),
      closed: withItem(view.closed, box.id),
    };
  }
  const revealed = without(view.revealed, box.id);
  return box.memberOf === undefined
    ? { ...view, revealed }
    : {
        ...view,
        revealed,
        openedGroups: without(view.openedGroups, box.memberOf),
      };
}

/** To a level, all that was opened or closed one by one is as the level says. */
function withLevels(view: View, levels: number): View {
  return { ...view, levels, opened: none, closed: none };
}

function withItem(set: ReadonlySet<string>, item: string): Set<string> {
  return new Set([...set, item]);
}

function without(set: ReadonlySet<string>, item: string): Set<string> {
  return new Set([...set].filter(each => each !== item));
}
