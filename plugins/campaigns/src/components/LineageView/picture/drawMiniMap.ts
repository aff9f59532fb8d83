import { boxHeight, boxWidth } from '../../../lineage/layoutBoxes';
import { Picture } from '../../../lineage/types';
import { Scene } from './scene';

/** The rectangle around all boxes. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The rectangle around all boxes of a picture. */
export function boundsOf({ boxes }: Picture): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + boxWidth);
    bottom = Math.max(bottom, y + boxHeight);
  }
  return boxes.length === 0
    ? { x: 0, y: 0, width: boxWidth, height: boxHeight }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where picture coordinates come to lie in the mini-map. */
export interface MiniMapScale {
  bounds: Bounds;
  scaleX: number;
  scaleY: number;
}

/**
 * Fits a picture into the mini-map. A column of thousands is pressed together
 * more than it is wide, or it would be a line.
 */
export function miniMapScale(
  picture: Picture,
  size: { width: number; height: number },
): MiniMapScale {
  const bounds = boundsOf(picture);
  const even = Math.min(size.width / bounds.width, size.height / bounds.height);
  const most = Math.min(size.width / bounds.width, 0.1);
  return {
    bounds,
    scaleX: Math.max(even, most),
    scaleY: even,
  };
}

/** Draws every box as a spot of its colour. */
export function drawMiniMap(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { bounds, scaleX, scaleY }: MiniMapScale,
) {
  for (const box of scene.picture.boxes) {
    context.globalAlpha = box.passedBy ? 0.3 : 1;
    context.fillStyle = scene.shades.get(box.id)?.[0]?.color ?? 'grey';
    context.fillRect(
      (box.x - bounds.x) * scaleX,
      (box.y - bounds.y) * scaleY,
      Math.max(2, boxWidth * scaleX - 1),
      Math.max(1, boxHeight * scaleY),
    );
  }
  context.globalAlpha = 1;
}
