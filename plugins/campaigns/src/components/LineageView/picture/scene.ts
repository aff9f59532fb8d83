import { LineageNode } from '@skein/plugin-campaigns-common';
import { Picture, PictureBox } from '../../../lineage/types';
import { NamedColor } from '../useBoxColors';

/** A colour and how much of a box has it, between 0 and 1. */
export interface Shade {
  color: string;
  share: number;
}

/** A picture with all that is needed to draw it. */
export interface Scene {
  picture: Picture;
  boxes: ReadonlyMap<string, PictureBox>;
  nodes: ReadonlyMap<string, LineageNode>;
  /** By box; the colour of most members first. */
  shades: ReadonlyMap<string, Shade[]>;
  /** Boxes with what was searched for. */
  found: ReadonlySet<string>;
  /** Boxes from the root to what is selected. */
  path: ReadonlySet<string>;
  /** The selected box. */
  selected?: string;
}

/** What a scene is made from. */
export interface SceneParts {
  picture: Picture;
  nodes: ReadonlyMap<string, LineageNode>;
  colorOf: (node: LineageNode) => NamedColor;
  /** Nodes that were searched for; undefined where there is no search. */
  foundNodes?: ReadonlySet<string>;
  /** Nodes from the root to the selected one. */
  pathNodes: readonly string[];
  selected?: string;
}

/** Puts a picture together with its colours and with what stands out in it. */
export function buildScene(parts: SceneParts): Scene {
  const { picture, nodes, colorOf, foundNodes, pathNodes, selected } = parts;
  const pathSet = new Set(pathNodes);
  const shades = new Map<string, Shade[]>();
  const found = new Set<string>();
  const path = new Set<string>();
  let chosen: string | undefined;
  for (const { id, members } of picture.boxes) {
    shades.set(id, shadesOf(members, nodes, colorOf));
    if (members.some(member => foundNodes?.has(member))) found.add(id);
    if (members.some(member => pathSet.has(member))) path.add(id);
    if (id === selected || members.some(member => member === selected)) {
      chosen = id;
    }
  }
  return {
    picture,
    boxes: new Map(picture.boxes.map(box => [box.id, box])),
    nodes,
    shades,
    found,
    path,
    selected: chosen,
  };
}

function shadesOf(
  members: string[],
  nodes: ReadonlyMap<string, LineageNode>,
  colorOf: (node: LineageNode) => NamedColor,
): Shade[] {
  const counts = new Map<string, number>();
  for (const member of members) {
    const node = nodes.get(member);
    if (!node) continue;
    const { color } = colorOf(node);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([color, count]) => ({ color, share: count / members.length }));
}
