import { KeyboardEvent, useCallback, useMemo, useRef } from 'react';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import {
  Background,
  Controls,
  Edge,
  Node,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { stepKeys, stepToBox } from '../../../lineage/stepToBox';
import { PictureBox } from '../../../lineage/types';
import { PictureBoxes } from './PictureBoxes';
import { PictureCanvas } from './PictureCanvas';
import { PictureMiniMap } from './PictureMiniMap';
import { Scene } from './scene';
import { Follow, useFollowedBox } from './useFollowedBox';

/** Boxes and lines are drawn by parts of our own: those of the library hold up the page from a few hundred on. */
const noNodes: Node[] = [];
const noEdges: Edge[] = [];

const useStyles = makeStyles(theme => ({
  root: {
    position: 'relative',
    height: 560,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
    '& .react-flow': {
      '--xy-background-color': theme.palette.background.default,
    },
    '& .react-flow__attribution': { background: 'none' },
  },
  hint: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
  },
}));

export interface LineagePictureProps {
  scene: Scene;
  /** Where the picture is to look once it is drawn. */
  follow: Follow;
  isUnknownBeyond: (id: string) => boolean;
  onSelect: (id: string, byKey: boolean) => void;
  onExpand: (box: PictureBox) => void;
  onCollapse: (box: PictureBox) => void;
}

/** The picture: levels from left to right, each box opens what follows it. */
export function LineagePicture(props: LineagePictureProps) {
  return (
    <ReactFlowProvider>
      <PictureFrame {...props} />
    </ReactFlowProvider>
  );
}

function PictureFrame(props: LineagePictureProps) {
  const classes = useStyles();
  const { palette } = useTheme();
  const { scene, onSelect, onExpand, onCollapse } = props;
  const { focus, goTo } = useFollowedBox(scene, props.follow);

  const latest = useRef({ scene, onExpand, onCollapse });
  latest.current = { scene, onExpand, onCollapse };
  const toggle = useCallback((id: string) => {
    const now = latest.current;
    const box = now.scene.boxes.get(id);
    if (!box) return;
    const opens = box.groupKey !== undefined || box.hidden > 0 || !box.open;
    (opens ? now.onExpand : now.onCollapse)(box);
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const id = boxOf(event.target);
    const box = id === undefined ? undefined : scene.boxes.get(id);
    if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
    if (Object.hasOwn(stepKeys, event.key)) {
      const { step, times } = stepKeys[event.key];
      let next = box.id;
      for (let time = 0; time < times; time++) {
        next = stepToBox(scene.picture, next, step);
      }
      goTo(next);
    } else if (event.key === '+' || event.key === '=') {
      onExpand(box);
    } else if (event.key === '-') {
      onCollapse(box);
    } else {
      return;
    }
    event.preventDefault();
  };

  const flow = useMemo(
    () => ({ minZoom: 0.05, maxZoom: 1.5, colorMode: palette.type }),
    [palette.type],
  );
  return (
    // Keys of the boxes in it, which take the focus.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={classes.root} onKeyDown={onKeyDown}>
      <p id="lineage-keys" className={classes.hint}>
        Arrow keys walk along the lines, plus and minus show and hide what
        follows, Enter opens.
      </p>
      <ReactFlow
        {...flow}
        nodes={noNodes}
        edges={noEdges}
        aria-label="Lineage graph"
        aria-describedby="lineage-keys"
        preventScrolling={false}
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
      >
        <Background />
        <PictureCanvas scene={scene} />
        <PictureBoxes
          scene={scene}
          focus={focus}
          isUnknownBeyond={props.isUnknownBeyond}
          onSelect={onSelect}
          onToggle={toggle}
        />
        <Controls showInteractive={false} showFitView={false} />
        <PictureMiniMap scene={scene} />
      </ReactFlow>
    </div>
  );
}

function boxOf(target: EventTarget): string | undefined {
  const element = target instanceof Element ? target : undefined;
  return element?.closest<HTMLElement>('[data-box]')?.dataset.box;
}
