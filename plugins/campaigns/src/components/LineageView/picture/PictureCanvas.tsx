import { useCallback, useRef } from 'react';
import { useTheme } from '@material-ui/core/styles';
import { Window, drawScene } from './drawScene';
import { Scene } from './scene';
import { fitCanvas, useDrawing } from './useDrawing';

/** Lines, and boxes without words: what lies below the boxes that are elements. */
export function PictureCanvas(props: { scene: Scene }) {
  const { scene } = props;
  const { palette } = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, window: Window) => {
      fitCanvas(context.canvas, window);
      drawScene(
        context,
        scene,
        {
          line: palette.text.secondary,
          strong: palette.type === 'dark' ? '#ffffff' : '#000000',
          paper: palette.background.paper,
        },
        window,
      );
    },
    [scene, palette],
  );
  useDrawing(canvas, draw);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      style={{ position: 'absolute', inset: 0, width: '100%', height: '100%' }}
    />
  );
}
