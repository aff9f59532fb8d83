import { PointerEvent, useCallback, useMemo, useRef } from 'react';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { Panel, useReactFlow } from '@xyflow/react';
import { drawMiniMap, miniMapScale } from './drawMiniMap';
import { Window } from './drawScene';
import { Scene } from './scene';
import { fitCanvas, useDrawing } from './useDrawing';

const size = { width: 168, height: 112 };

const useStyles = makeStyles(theme => ({
  canvas: {
    ...size,
    display: 'block',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    cursor: 'crosshair',
    touchAction: 'none',
  },
}));

/** The whole picture, and what part of it is seen; a press moves there. */
export function PictureMiniMap(props: { scene: Scene }) {
  const classes = useStyles();
  const { palette } = useTheme();
  const { scene } = props;
  const { setCenter, getZoom } = useReactFlow();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = useMemo(
    () => miniMapScale(scene.picture, size),
    [scene.picture],
  );
  // Thousands of boxes are drawn once, not each time that the picture moves.
  const boxes = useMemo(() => {
    const layer = document.createElement('canvas');
    fitCanvas(layer, size);
    const context = layer.getContext('2d');
    if (context) {
      const ratio = window.devicePixelRatio || 1;
      context.scale(ratio, ratio);
      drawMiniMap(context, scene, scale);
    }
    return layer;
  }, [scene, scale]);

  const frame = palette.text.primary;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, seen: Window) => {
      const { bounds, scaleX, scaleY } = scale;
      fitCanvas(context.canvas, size);
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, context.canvas.width, context.canvas.height);
      context.drawImage(boxes, 0, 0);
      const ratio = window.devicePixelRatio || 1;
      context.scale(ratio, ratio);
      context.strokeStyle = frame;
      context.lineWidth = 1.5;
      context.strokeRect(
        (-seen.x / seen.zoom - bounds.x) * scaleX,
        (-seen.y / seen.zoom - bounds.y) * scaleY,
        (seen.width / seen.zoom) * scaleX,
        Math.max(3, (seen.height / seen.zoom) * scaleY),
      );
    },
    [boxes, scale, frame],
  );
  useDrawing(canvas, draw);

  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons === 0) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    setCenter(
      scale.bounds.x + (event.clientX - left) / scale.scaleX,
      scale.bounds.y + (event.clientY - top) / scale.scaleY,
      { zoom: getZoom() },
    );
  };
  return (
    <Panel position="bottom-right">
      <canvas
        ref={canvas}
        className={`${classes.canvas} nopan nodrag`}
        role="img"
        aria-label="Mini-map"
        onPointerDown={go}
        onPointerMove={go}
      />
    </Panel>
  );
}
