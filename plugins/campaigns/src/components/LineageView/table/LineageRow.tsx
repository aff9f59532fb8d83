import { memo } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import ShowIcon from '@material-ui/icons/MyLocation';
import { LineageNode } from '@skein/plugin-campaigns-common';
import { targetRouteRef } from '../../../routes';
import { Owner, TargetStateChip } from '../../shared';
import { NodeLink } from '../NodeLink';
import { nodeKind } from '../nodeWords';

export interface LineageRowProps {
  node: LineageNode;
  selected: boolean;
  onReveal: (id: string) => void;
}

/** Not rendered again while its node stays. */
export const LineageRow = memo((props: LineageRowProps) => {
  const { node, selected, onReveal } = props;
  const targetPath = useRouteRef(targetRouteRef);
  return (
    <TableRow hover selected={selected} aria-selected={selected}>
      <TableCell style={{ overflowWrap: 'anywhere' }}>
        <NodeLink node={node} />
      </TableCell>
      <TableCell>{nodeKind(node)}</TableCell>
      <TableCell align="right">{node.depth}</TableCell>
      <TableCell style={{ overflowWrap: 'anywhere' }}>
        <Owner ownerRef={node.ownerRef} hideIcon />
      </TableCell>
      <TableCell>
        {node.migration && (
          <Link
            to={targetPath({
              name: node.migration.campaignName,
              targetId: node.migration.targetId,
            })}
          >
            <TargetStateChip state={node.migration.state} />
          </Link>
        )}
      </TableCell>
      <TableCell padding="checkbox">
        <IconButton
          size="small"
          onClick={() => onReveal(node.id)}
          aria-label={`Show ${node.title} in the picture`}
          title="Show in the picture"
        >
          <ShowIcon fontSize="small" />
        </IconButton>
      </TableCell>
    </TableRow>
  );
});
