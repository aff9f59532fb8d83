import { useEffect, useRef } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import { LineageEdge, LineageNode } from '@skein/plugin-campaigns-common';
import { repositoryLabel, repositoryUrl } from '../../format/repository';
import { countOf } from '../../format/words';
import { pathTo } from '../../lineage/walkLineage';
import { targetRouteRef } from '../../routes';
import { Owner, TargetStateChip } from '../shared';
import { ColumnsRead } from './columns/ColumnsRead';
import { NodeLink } from './NodeLink';
import { groupTitle, nodeKind, nodeTitle } from './nodeWords';
import { Explorer } from './useExplorer';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'absolute',
    top: 12,
    right: 12,
    zIndex: 6,
    width: 290,
    maxHeight: 400,
    overflow: 'auto',
    padding: theme.spacing(1.5, 2),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    boxShadow: theme.shadows[3],
    overflowWrap: 'anywhere',
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  head: { display: 'flex', alignItems: 'flex-start' },
  name: { flexGrow: 1, fontWeight: 600 },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    gap: theme.spacing(0.5, 1.5),
    margin: theme.spacing(1, 0),
    fontSize: '0.8125rem',
    '& dd': { margin: 0 },
    '& dt': { color: theme.palette.text.secondary },
  },
  path: { margin: 0, paddingLeft: 18, fontSize: '0.8125rem' },
}));

export interface NodeDetailsProps {
  explorer: Explorer;
  /** The keyboard opened it: it takes the focus. */
  byKey: boolean;
  onClose: () => void;
}

/** What is known of the selected node: owner, state, code, and why it is here. */
export function NodeDetails(props: NodeDetailsProps) {
  const classes = useStyles();
  const { explorer, byKey, onClose } = props;
  const { selected } = explorer.state;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (byKey) panel.current?.focus();
  }, [byKey, selected]);

  const node =
    selected === undefined ? undefined : explorer.nodes.get(selected);
  const box = explorer.scene.boxes.get(explorer.scene.selected ?? '');
  if (!node && box?.groupKey === undefined) return null;
  return (
    // Escape closes it from whatever it holds.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={panel}
      className={classes.root}
      role="region"
      aria-label="Details"
      tabIndex={-1}
      onKeyDown={event => event.key === 'Escape' && onClose()}
    >
      <div className={classes.head}>
        <Typography component="h4" variant="body1" className={classes.name}>
          {node ? <NodeLink node={node} /> : groupTitle(box?.groupKey ?? '')}
        </Typography>
        <IconButton size="small" onClick={onClose} aria-label="Close details">
          <CloseIcon fontSize="small" />
        </IconButton>
      </div>
      {node ? (
        <Facts node={node} explorer={explorer} />
      ) : (
        <Members ids={box?.members ?? []} explorer={explorer} />
      )}
    </div>
  );
}

function Facts(props: { node: LineageNode; explorer: Explorer }) {
  const classes = useStyles();
  const { node, explorer } = props;
  const targetPath = useRouteRef(targetRouteRef);
  const path = pathTo(explorer.walk, node.id);
  const last = path.slice(-2);
  const edge = explorer.graph.edges.find(
    ({ from, to }) =>
      last.length === 2 && last.includes(from) && last.includes(to),
  );
  return (
    <>
      <dl className={classes.facts}>
        <dt>Kind</dt>
        <dd>{nodeKind(node)}</dd>
        <dt>Owner</dt>
        <dd>
          <Owner ownerRef={node.ownerRef} hideIcon />
        </dd>
        {node.migration && (
          <>
            <dt>Migration</dt>
            <dd>
              <Link
                to={targetPath({
                  name: node.migration.campaignName,
                  targetId: node.migration.targetId,
                })}
              >
                <TargetStateChip state={node.migration.state} />
              </Link>
            </dd>
          </>
        )}
        {node.repository && (
          <>
            <dt>Code</dt>
            <dd>
              <Link to={repositoryUrl(node.repository)}>
                {repositoryLabel(node.repository)}
              </Link>
              {node.path && `, ${node.path}`}
            </dd>
          </>
        )}
        {node.columnsRead && (
          <>
            <dt>Reads</dt>
            <dd>
              <ColumnsRead columnsRead={node.columnsRead} />
            </dd>
          </>
        )}
        {edge && (
          <>
            <dt>Seen by</dt>
            <dd>{describeWitnesses(edge)}</dd>
          </>
        )}
      </dl>
      {path.length > 1 && (
        <>
          <Typography variant="caption" color="textSecondary">
            Why it is here
          </Typography>
          <ol className={classes.path} aria-label="Lineage path">
            {path.map(id => (
              <li key={id}>{nameOf(explorer.nodes.get(id))}</li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

/** Names of a group that are listed; the table has them all. */
const mostNamed = 20;

function Members(props: { ids: string[]; explorer: Explorer }) {
  const classes = useStyles();
  const { ids, explorer } = props;
  return (
    <>
      <Typography variant="body2">{countOf(ids.length, 'member')}</Typography>
      <ul className={classes.path}>
        {ids.slice(0, mostNamed).map(id => (
          <li key={id}>{nameOf(explorer.nodes.get(id))}</li>
        ))}
      </ul>
      {ids.length > mostNamed && (
        <Typography variant="caption">
          and {ids.length - mostNamed} more
        </Typography>
      )}
    </>
  );
}

function nameOf(node: LineageNode | undefined): string {
  return node ? nodeTitle(node) : '';
}

function describeWitnesses({
  providers,
  lastSeenAt,
  stale,
}: LineageEdge): string {
  const day = new Date(lastSeenAt).toLocaleDateString('en', {
    dateStyle: 'medium',
  });
  const words = `${providers.join(', ')}, last on ${day}`;
  return stale ? `${words}; it may hold no more` : words;
}
