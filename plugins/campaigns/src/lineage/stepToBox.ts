import { Picture, PictureBox } from './types';

/** Where a key leads to. */
export type Step = 'downstream' | 'upstream' | 'above' | 'below' | 'first';

const pageOfBoxes = 10;

/** Keys of the picture, as a person reads it from left to right. */
export const stepKeys: Record<string, { step: Step; times: number }> = {
  ArrowRight: { step: 'downstream', times: 1 },
  ArrowLeft: { step: 'upstream', times: 1 },
  ArrowUp: { step: 'above', times: 1 },
  ArrowDown: { step: 'below', times: 1 },
  PageUp: { step: 'above', times: pageOfBoxes },
  PageDown: { step: 'below', times: pageOfBoxes },
  Home: { step: 'first', times: 1 },
};

/**
 * The box that a step leads to: along an edge to the nearest at its other end,
 * or to the one above or below in the same column. The same box where there is
 * none.
 */
export function stepToBox(picture: Picture, id: string, step: Step): string {
  const boxes = new Map(picture.boxes.map(box => [box.id, box]));
  const at = boxes.get(id);
  const first = picture.boxes[0]?.id ?? id;
  if (!at || step === 'first') return first;
  const ends = candidates(picture, at, step).flatMap(
    end => boxes.get(end) ?? [],
  );
  return nearest(at, ends)?.id ?? id;
}

function candidates(picture: Picture, at: PictureBox, step: Step): string[] {
  const { boxes, edges } = picture;
  if (step === 'downstream') {
    return edges.filter(({ from }) => from === at.id).map(({ to }) => to);
  }
  if (step === 'upstream') {
    return edges.filter(({ to }) => to === at.id).map(({ from }) => from);
  }
  return boxes
    .filter(
      ({ x, y }) => x === at.x && (step === 'above' ? y < at.y : y > at.y),
    )
    .map(box => box.id);
}

function nearest(at: PictureBox, boxes: PictureBox[]): PictureBox | undefined {
  let found: PictureBox | undefined;
  for (const box of boxes) {
    const closer = !found || Math.abs(box.y - at.y) < Math.abs(found.y - at.y);
    if (closer) found = box;
  }
  return found;
}
