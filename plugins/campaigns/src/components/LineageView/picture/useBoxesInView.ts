import { startTransition, useEffect, useState } from 'react';
import { useStoreApi } from '@xyflow/react';
import { boxHeight, boxWidth } from '../../../lineage/layoutBoxes';
import { PictureBox } from '../../../lineage/types';
import { readableZoom } from './drawScene';
import { Scene } from './scene';
import { watchViewport } from './watchViewport';

/** Beyond the frame, in pixels, so that a small move finds its boxes there. */
const margin = 120;

/** More than fit on a large screen at the smallest zoom that can be read. */
const most = 400;

/**
 * The boxes that are seen, and one that must be there wherever it is. They
 * follow the picture a little later, drawn in pieces: what moves stays smooth.
 */
export function useBoxesInView(
  scene: Scene,
  always: string | undefined,
): PictureBox[] {
  const store = useStoreApi();
  const [inView, setInView] = useState<string[]>([]);
  useEffect(() => {
    let last = '';
    return watchViewport(store, ({ transform, width, height }) => {
      const ids = idsInView(scene.picture.boxes, transform, { width, height });
      const key = ids.join('\n');
      if (key === last) return;
      last = key;
      startTransition(() => setInView(ids));
    });
  }, [scene.picture, store]);

  const shown = new Set(always === undefined ? inView : [...inView, always]);
  return [...shown].flatMap(id => scene.boxes.get(id) ?? []);
}

function idsInView(
  boxes: PictureBox[],
  [left, top, zoom]: readonly [number, number, number],
  size: { width: number; height: number },
): string[] {
  if (zoom < readableZoom) return [];
  const ids: string[] = [];
  for (const { id, x, y } of boxes) {
    const screenX = x * zoom + left;
    const screenY = y * zoom + top;
    const seen =
      screenX > -boxWidth * zoom - margin &&
      screenX < size.width + margin &&
      screenY > -boxHeight * zoom - margin &&
      screenY < size.height + margin;
    if (seen) ids.push(id);
    if (ids.length === most) break;
  }
  return ids;
}
