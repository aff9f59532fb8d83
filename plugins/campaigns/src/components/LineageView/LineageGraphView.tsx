import { useMemo, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { LineageGraph } from '@skein/plugin-campaigns-common';
import {
  Background,
  Controls,
  Edge,
  MarkerType,
  Node,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import {
  layoutLineage,
  nodeHeight,
  nodeWidth,
} from '../../lineage/layoutLineage';
import { visibleLineage } from '../../lineage/visibleLineage';
import { LineageLegend } from './LineageLegend';
import { LineageNodeData, LineageNodeView } from './LineageNodeView';

/** Shown before anything is opened: consumers, and what they write. */
const first = { depth: 2, fanOut: 9 };
const everything = { depth: Infinity, fanOut: Infinity };

/** Said beforehand: else every node is drawn once, also those out of sight. */
const handles = [
  { type: 'target' as const, position: Position.Left, x: 0 },
  { type: 'source' as const, position: Position.Right, x: nodeWidth },
].map(handle => ({ ...handle, y: nodeHeight / 2, width: 1, height: 1 }));

const nodeTypes = { lineage: LineageNodeView };

const useStyles = makeStyles(theme => ({
  graph: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    '& .react-flow': {
      '--xy-background-color': theme.palette.background.default,
    },
  },
  bar: { display: 'flex', alignItems: 'center', flexWrap: 'wrap' },
  grow: { flexGrow: 1 },
}));

/** The picture: levels from left to right, each node opens what follows it. */
export function LineageGraphView(props: { graph: LineageGraph }) {
  const classes = useStyles();
  const { palette } = useTheme();
  const { graph } = props;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [limits, setLimits] = useState(first);

  const visible = useMemo(
    () => visibleLineage(graph, { ...limits, opened }),
    [graph, limits, opened],
  );
  const nodes = useMemo<Array<Node<LineageNodeData>>>(() => {
    const positions = layoutLineage(visible, graph.root?.id);
    return visible.nodes.map(node => ({
      id: node.id,
      type: 'lineage',
      position: positions.get(node.id) ?? { x: 0, y: 0 },
      // Given at once, so that nothing waits for a first measurement.
      width: nodeWidth,
      height: nodeHeight,
      measured: { width: nodeWidth, height: nodeHeight },
      handles,
      data: {
        node,
        root: node.id === graph.root?.id,
        hidden: visible.hiddenAfter.get(node.id) ?? 0,
        onOpen: () => setOpened(current => new Set([...current, node.id])),
      },
    }));
  }, [visible, graph.root]);
  const edges = useMemo<Edge[]>(
    () =>
      visible.edges.map(({ from, to }) => ({
        id: `${from}→${to}`,
        source: from,
        target: to,
        markerEnd: {
          type: MarkerType.ArrowClosed,
          color: palette.text.secondary,
        },
        style: { stroke: palette.text.secondary, strokeOpacity: 0.6 },
      })),
    [visible, palette],
  );
  // As high as the graph asks for, within what a screen shows.
  const heights = nodes.map(({ position }) => position.y);
  const span = Math.max(...heights) - Math.min(...heights);
  const height = Math.min(720, Math.max(320, span * 0.8 + 120));

  return (
    <>
      <div className={classes.bar}>
        <LineageLegend />
        <span className={classes.grow} />
        {visible.hiddenAfter.size > 0 && (
          <Button size="small" onClick={() => setLimits(everything)}>
            Show all {graph.nodes.length}
          </Button>
        )}
      </div>
      <div
        className={classes.graph}
        style={{ height }}
        role="figure"
        aria-label="Lineage graph"
      >
        <ReactFlow
          // Another set of nodes is another picture: fit it again.
          key={`${nodes.length}`}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          colorMode={palette.type}
          fitView
          fitViewOptions={{ minZoom: 0.6, maxZoom: 1, padding: 0.05 }}
          minZoom={0.1}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          preventScrolling={false}
          zoomOnScroll={false}
          onlyRenderVisibleElements
          proOptions={{ hideAttribution: false }}
        >
          <Background />
          <Controls showInteractive={false} />
        </ReactFlow>
      </div>
    </>
  );
}
