import { RefObject, useEffect } from 'react';
import { useStoreApi } from '@xyflow/react';
import { Window } from './drawScene';
import { watchViewport } from './watchViewport';

/**
 * Draws on a canvas when what is drawn changes, and when the picture is moved.
 *
 * @param draw - stable while it draws the same
 */
export function useDrawing(
  canvas: RefObject<HTMLCanvasElement>,
  draw: (context: CanvasRenderingContext2D, window: Window) => void,
) {
  const store = useStoreApi();
  useEffect(
    () =>
      watchViewport(store, ({ transform: [x, y, zoom], width, height }) => {
        const context = canvas.current?.getContext('2d');
        if (context) draw(context, { x, y, zoom, width, height });
      }),
    [canvas, draw, store],
  );
}

/** Gives a canvas as many pixels as the screen has there. */
export function fitCanvas(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
) {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(size.width * ratio);
  const height = Math.round(size.height * ratio);
  // Setting either clears it and takes its memory anew.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
