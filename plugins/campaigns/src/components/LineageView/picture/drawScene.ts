import { boxHeight, boxWidth } from '../../../lineage/layoutBoxes';
import { PictureBox } from '../../../lineage/types';
import { Scene } from './scene';

/** Colours of the page. */
export interface SceneColors {
  line: string;
  /** Lines and frames of what stands out. */
  strong: string;
  paper: string;
}

/** The part of the picture that is seen. */
export interface Window {
  /** Of the picture's origin, in pixels of the canvas. */
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
}

/** Below it, words cannot be read, and boxes are drawn without. */
export const readableZoom = 0.4;

/** A line farther out than this is cut: nobody sees where it goes. */
const margin = 40;

/**
 * Draws lines and plain boxes on a canvas: thousands at once, where elements of
 * the page would hold it up.
 */
export function drawScene(
  context: CanvasRenderingContext2D,
  scene: Scene,
  colors: SceneColors,
  window: Window,
) {
  const ratio = globalThis.devicePixelRatio || 1;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, window.width, window.height);
  context.translate(window.x, window.y);
  context.scale(window.zoom, window.zoom);
  const seen = seenPart(window);
  drawLines(context, scene, colors, seen, window.zoom);
  for (const box of scene.picture.boxes) {
    if (isSeen(box, seen)) drawBox(context, scene, colors, box, window.zoom);
  }
}

interface Part {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function seenPart({ x, y, zoom, width, height }: Window): Part {
  return {
    left: (-x - margin) / zoom,
    top: (-y - margin) / zoom,
    right: (width - x + margin) / zoom,
    bottom: (height - y + margin) / zoom,
  };
}

function isSeen({ x, y }: PictureBox, part: Part): boolean {
  return (
    x < part.right &&
    x + boxWidth > part.left &&
    y < part.bottom &&
    y + boxHeight > part.top
  );
}

function drawLines(
  context: CanvasRenderingContext2D,
  { picture, boxes, path, selected }: Scene,
  { line, strong }: SceneColors,
  seen: Part,
  zoom: number,
) {
  const some = selected !== undefined;
  for (const { from, to } of picture.edges) {
    const [start, end] = [boxes.get(from)!, boxes.get(to)!];
    const y1 = start.y + boxHeight / 2;
    const y2 = end.y + boxHeight / 2;
    const x1 = start.x + boxWidth;
    const x2 = end.x;
    const out =
      Math.max(x1, x2) < seen.left ||
      Math.min(x1, x2) > seen.right ||
      Math.max(y1, y2) < seen.top ||
      Math.min(y1, y2) > seen.bottom;
    if (out) continue;
    const chosen =
      some &&
      ((path.has(from) && path.has(to)) ||
        from === selected ||
        to === selected);
    const faint = start.passedBy || end.passedBy;
    context.strokeStyle = chosen ? strong : line;
    context.globalAlpha = chosen ? 1 : lineAlpha(some, faint);
    context.lineWidth = (chosen ? 2 : 1) / zoom;
    const bend = Math.max(40, Math.abs(x2 - x1) / 2);
    context.beginPath();
    context.moveTo(x1, y1);
    context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    context.stroke();
  }
  context.globalAlpha = 1;
}

function lineAlpha(someSelected: boolean, faint: boolean): number {
  if (faint) return 0.2;
  return someSelected ? 0.3 : 0.5;
}

function drawBox(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { paper, line, strong }: SceneColors,
  box: PictureBox,
  zoom: number,
) {
  context.fillStyle = paper;
  // Up close, elements of the page come to lie on it, a little later.
  if (zoom >= readableZoom) {
    context.beginPath();
    context.roundRect(box.x, box.y, boxWidth, boxHeight, 6);
    context.fill();
    return;
  }
  const outstanding = scene.found.has(box.id) || scene.selected === box.id;
  context.fillRect(box.x, box.y, boxWidth, boxHeight);
  if (box.passedBy) context.globalAlpha = 0.4;
  // From afar the colour is all that can be read of a box.
  let { x } = box;
  for (const { color, share } of scene.shades.get(box.id) ?? []) {
    context.fillStyle = color;
    context.fillRect(x, box.y, boxWidth * share, boxHeight);
    x += boxWidth * share;
  }
  context.strokeStyle = outstanding ? strong : line;
  context.lineWidth = (outstanding ? 3 : 1) / zoom;
  context.strokeRect(box.x, box.y, boxWidth, boxHeight);
  context.globalAlpha = 1;
}
