/** What the picture needs to know of a node to place it. */
export interface BareNode {
  id: string;
  kind: 'dataset' | 'job';
  ownerRef?: string;
  framework?: string;
}

/** Data flows from `from` to `to`. */
export interface BareEdge {
  from: string;
  to: string;
}

/** A lineage graph without its words: what goes to the worker. */
export interface BareGraph {
  /** The dataset that was asked for. */
  root?: string;
  nodes: BareNode[];
  edges: BareEdge[];
}

/** By what many boxes become one. */
export type Grouping = 'none' | 'team' | 'framework';

/** What a person has chosen to see. */
export interface PictureView {
  /** Edges from the root that are shown before anything is opened. */
  levels: number;
  grouping: Grouping;
  /** Show every neighbour where nothing was opened, however many there are. */
  everything: boolean;
  /** Nodes whose neighbours are all shown. */
  opened: ReadonlySet<string>;
  /** Nodes whose neighbours are hidden. */
  closed: ReadonlySet<string>;
  /** Groups that show their members. */
  openedGroups: ReadonlySet<string>;
  /** Nodes that were jumped to: shown by themselves, with the way to them. */
  revealed: ReadonlySet<string>;
  /** Nodes that match the filter; undefined where nothing is filtered. */
  matched?: ReadonlySet<string>;
}

/** Something that is drawn: a node, or several as one. */
export interface PictureBox {
  /** Of the node, or of the group. */
  id: string;
  kind: 'dataset' | 'job';
  /** Edges from the root; below zero upstream. */
  column: number;
  /** Top left corner. */
  x: number;
  y: number;
  /** Ids of the nodes; one where this is no group. */
  members: string[];
  /** What the members have in common: an owner ref, or a framework; empty where none is known. */
  groupKey?: string;
  /** The opened group that the node belongs to. */
  memberOf?: string;
  /** Neighbours farther from the root that are not shown. */
  hidden: number;
  /** Neighbours farther from the root are shown. */
  open: boolean;
  /** Does not match the filter, but is on the way to what does. */
  passedBy: boolean;
}

/** Boxes with their places, and what flows between them. */
export interface Picture {
  boxes: PictureBox[];
  edges: BareEdge[];
}

/** Nothing, before the first arrangement. */
export const emptyPicture: Picture = { boxes: [], edges: [] };
