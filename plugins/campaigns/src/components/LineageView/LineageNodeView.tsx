import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink, entityRouteRef } from '@backstage/plugin-catalog-react';
import { parseEntityRef } from '@backstage/catalog-model';
import ButtonBase from '@material-ui/core/ButtonBase';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { LineageNode } from '@skein/plugin-campaigns-common';
import { Handle, NodeProps, Position } from '@xyflow/react';
import { shortDatasetName, shortEntityName } from '../../format/words';
import {
  targetStateLabel,
  targetStatePresentations,
} from '../../states/targetStates';
import { useGroupColor } from '../shared';
import { useFrameworkColor } from './frameworkColors';

export interface LineageNodeData extends Record<string, unknown> {
  node: LineageNode;
  root: boolean;
  /** Neighbours downstream that are not shown. */
  hidden: number;
  onOpen: () => void;
}

const useStyles = makeStyles(theme => ({
  root: {
    position: 'relative',
    width: '100%',
    height: '100%',
    padding: '6px 12px',
    boxSizing: 'border-box',
    borderRadius: 6,
    border: `1px solid ${theme.palette.divider}`,
    borderLeft: '5px solid',
    backgroundColor: theme.palette.background.paper,
    color: theme.palette.text.primary,
    fontSize: 12,
    lineHeight: '16px',
    textAlign: 'left',
  },
  dataset: { borderRadius: 20 },
  start: { borderWidth: 2, borderLeftWidth: 5 },
  title: {
    fontSize: 13,
    fontWeight: 600,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  line: {
    color: theme.palette.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  state: { display: 'flex', alignItems: 'center', gap: 5, overflow: 'hidden' },
  dot: { width: 8, height: 8, borderRadius: '50%', flex: 'none' },
  handle: { opacity: 0 },
  more: {
    position: 'absolute',
    right: -14,
    top: '50%',
    transform: 'translateY(-50%)',
    minWidth: 28,
    height: 24,
    padding: '0 4px',
    borderRadius: 12,
    fontSize: 11,
    fontWeight: 600,
    color: theme.palette.background.paper,
    backgroundColor: theme.palette.text.primary,
  },
}));

/** A dataset or a job, with its owner and where its migration stands. */
export function LineageNodeView(props: NodeProps) {
  const classes = useStyles();
  const groupColor = useGroupColor();
  const frameworkColor = useFrameworkColor();
  const { node, root, hidden, onOpen } = props.data as LineageNodeData;
  const { migration } = node;
  const className = [
    classes.root,
    node.kind === 'dataset' ? classes.dataset : '',
    root ? classes.start : '',
  ].join(' ');
  return (
    <div
      className={className}
      style={{ borderLeftColor: frameworkColor(node) }}
    >
      <Handle
        type="target"
        position={Position.Left}
        className={classes.handle}
      />
      <div className={classes.title} title={node.name}>
        <NodeTitle node={node} />
      </div>
      <div className={classes.state}>
        {migration && (
          <span
            className={classes.dot}
            style={{
              backgroundColor: groupColor(
                targetStatePresentations[migration.state]?.group ?? 'ended',
              ),
            }}
            aria-hidden
          />
        )}
        <span className={classes.line} title={describe(node)}>
          {describe(node)}
        </span>
      </div>
      {hidden > 0 && (
        <Tooltip title={`Show ${hidden} more`}>
          <ButtonBase
            className={`${classes.more} nodrag nopan`}
            onClick={onOpen}
            aria-label={`Show ${hidden} more after ${node.title}`}
          >
            +{hidden}
          </ButtonBase>
        </Tooltip>
      )}
      <Handle
        type="source"
        position={Position.Right}
        className={classes.handle}
      />
    </div>
  );
}

/** State or kind, then the owner; the framework is the colour. */
function describe({
  kind,
  framework,
  migration,
  ownerRef,
}: LineageNode): string {
  const own = kind === 'dataset' ? 'dataset' : framework ?? 'job';
  const first = migration ? targetStateLabel(migration.state) : own;
  return ownerRef ? `${first}, ${shortEntityName(ownerRef)}` : first;
}

function NodeTitle(props: { node: LineageNode }) {
  const { node } = props;
  if (!node.entityRef) {
    return (
      <>{node.kind === 'dataset' ? shortDatasetName(node.title) : node.title}</>
    );
  }
  return node.kind === 'dataset' ? (
    <DatasetLink entityRef={node.entityRef} title={node.title} />
  ) : (
    <EntityRefLink entityRef={node.entityRef} title={node.title} hideIcon />
  );
}

/** From dataset to dataset a reader stays on the lineage tab. */
function DatasetLink(props: { entityRef: string; title: string }) {
  const entityPath = useRouteRef(entityRouteRef);
  const { kind, namespace, name } = parseEntityRef(props.entityRef);
  const path = entityPath({
    kind: kind.toLocaleLowerCase('en-US'),
    namespace,
    name,
  });
  return <Link to={`${path}/lineage`}>{props.title}</Link>;
}
