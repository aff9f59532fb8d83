import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { getViewportForBounds, useReactFlow, useStore } from '@xyflow/react';
import { boxHeight, boxWidth } from '../../../lineage/layoutBoxes';
import { Picture, PictureBox } from '../../../lineage/types';
import { boundsOf } from './drawMiniMap';
import { Scene } from './scene';

/** Where the picture is to look once it is drawn. */
export type Follow =
  /** All of it, or its root where it is too large. */
  | { to: 'whole' }
  /** What was worked on stays where it is. */
  | { to: 'same'; box: PictureBox }
  /** A node in the middle. */
  | { to: 'node'; id: string };

const smallestZoom = 0.6;
/** Where not everything fits in anyway. */
const comfortableZoom = 0.85;
const inset = 24;

/**
 * Keeps the picture where a person looks, over every change of it, and knows
 * which box has the focus.
 */
export function useFollowedBox(scene: Scene, follow: Follow) {
  const { setViewport, getViewport } = useReactFlow();
  const width = useStore(state => state.width);
  const height = useStore(state => state.height);
  const measured = width > 0 && height > 0;
  const { picture, boxes } = scene;
  const [wanted, setFocus] = useState({ id: '', call: 0 });
  const before = useRef<Picture>();
  const followed = useRef<Follow>();
  const lastBox = useRef<PictureBox>();

  const center = useCallback(
    (box: PictureBox, zoom: number) =>
      setViewport({
        x: width / 2 - (box.x + boxWidth / 2) * zoom,
        y: height / 2 - (box.y + boxHeight / 2) * zoom,
        zoom,
      }),
    [setViewport, width, height],
  );

  // Before it is painted, so that nothing jumps.
  useLayoutEffect(() => {
    if (!measured || picture.boxes.length === 0) return;
    const last = before.current;
    // What is asked for comes with the next picture.
    if (last === picture) return;
    before.current = picture;
    const asked = followed.current === follow ? undefined : follow;
    const node = asked?.to === 'node' ? boxWith(picture, asked.id) : undefined;
    // The picture in which it has a box of its own may still be arranged.
    if (asked?.to !== 'node' || node?.id === asked.id) {
      followed.current = follow;
    }
    if (node) {
      center(node, Math.max(0.75, getViewport().zoom));
    } else if (!last || asked?.to === 'whole') {
      setViewport(wholeOrRoot(picture, width, height));
    } else if (asked?.to !== 'node') {
      const old = asked ? asked.box : lastBox.current;
      const now = old && successorOf(picture, old);
      if (!now) return;
      const view = getViewport();
      setViewport({
        ...view,
        x: view.x + (old.x - now.x) * view.zoom,
        y: view.y + (old.y - now.y) * view.zoom,
      });
    }
  }, [
    picture,
    follow,
    measured,
    width,
    height,
    center,
    getViewport,
    setViewport,
  ]);

  // The box that was focused may have gone into a group, or come out of one.
  const first = picture.boxes[0];
  const focused =
    boxes.get(wanted.id) ??
    (lastBox.current && successorOf(picture, lastBox.current)) ??
    first;
  useEffect(() => {
    lastBox.current = focused;
  }, [focused]);
  const id = focused?.id ?? '';
  const moved = wanted.id !== '' && wanted.id !== id;
  useEffect(() => {
    if (moved) setFocus(({ call }) => ({ id, call: call + 1 }));
  }, [moved, id]);

  const goTo = useCallback(
    (next: string) => {
      setFocus(({ call }) => ({ id: next, call: call + 1 }));
      const box = boxes.get(next);
      if (!box) return;
      const { x, y, zoom } = getViewport();
      const [left, top] = [box.x * zoom + x, box.y * zoom + y];
      const seen =
        zoom >= smallestZoom &&
        left > inset &&
        top > inset &&
        left + boxWidth * zoom < width - inset &&
        top + boxHeight * zoom < height - inset;
      if (!seen) center(box, Math.max(smallestZoom, zoom));
    },
    [boxes, center, getViewport, width, height],
  );

  return { focus: { id, call: wanted.id === id ? wanted.call : 0 }, goTo };
}

/** Everything where it can be read, else the root at the left, half way down. */
function wholeOrRoot(picture: Picture, width: number, height: number) {
  const whole = getViewportForBounds(
    boundsOf(picture),
    width,
    height,
    smallestZoom,
    1,
    0.05,
  );
  if (whole.zoom > smallestZoom) return whole;
  const zoom = comfortableZoom;
  const [root] = picture.boxes;
  const upstream = picture.boxes.some(({ column }) => column < 0);
  const left = upstream ? width / 2 - (boxWidth / 2) * zoom : 40;
  return {
    x: left - root.x * zoom,
    y: height / 2 - (root.y + boxHeight / 2) * zoom,
    zoom,
  };
}

function boxWith(picture: Picture, id: string): PictureBox | undefined {
  return picture.boxes.find(box => box.id === id || box.members.includes(id));
}

/** The same box in another picture, or the one that holds what it held. */
function successorOf(picture: Picture, box: PictureBox) {
  return boxWith(picture, box.id) ?? boxWith(picture, box.members[0]);
}
