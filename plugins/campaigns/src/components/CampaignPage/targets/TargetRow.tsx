import { memo } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Checkbox from '@material-ui/core/Checkbox';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Target } from '@skein/plugin-campaigns-common';
import { repositoryLabel, targetLabel } from '../../../format/repository';
import { formatAgeOf } from '../../../format/time';
import { targetRouteRef } from '../../../routes';
import { Owner, TargetStateChip } from '../../shared';
import { PullRequestStatus } from '../../PullRequestStatus';

const useStyles = makeStyles(theme => ({
  wrap: { overflowWrap: 'anywhere' },
  reason: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    marginTop: theme.spacing(0.5),
  },
}));

export interface TargetRowProps {
  target: Target;
  selected: boolean;
  onSelect: (targetIds: string[], selected: boolean) => void;
  /** Framework, wave and age have columns of their own. */
  wide: boolean;
}

/** Not rendered again while its target and its tick stay. */
export const TargetRow = memo((props: TargetRowProps) => {
  const classes = useStyles();
  const targetPath = useRouteRef(targetRouteRef);
  const { target, selected, onSelect, wide } = props;
  return (
    <TableRow hover selected={selected}>
      <TableCell padding="checkbox">
        <Checkbox
          color="primary"
          checked={selected}
          onChange={event => onSelect([target.id], event.target.checked)}
          inputProps={{ 'aria-label': `Select ${targetLabel(target)}` }}
        />
      </TableCell>
      <TableCell className={classes.wrap}>
        <Link
          to={targetPath({ name: target.campaignName, targetId: target.id })}
        >
          {repositoryLabel(target.repository)}
        </Link>
        <Typography variant="caption" color="textSecondary" display="block">
          {(wide ? [target.path] : [target.path, target.framework, target.wave])
            .filter(Boolean)
            .join(', ')}
        </Typography>
      </TableCell>
      <TableCell>
        <TargetStateChip state={target.state} />
        {target.stateReason && (
          <Typography
            variant="caption"
            color="textSecondary"
            className={classes.reason}
            title={target.stateReason}
          >
            {target.stateReason}
          </Typography>
        )}
      </TableCell>
      <TableCell>
        <PullRequestStatus target={target} />
      </TableCell>
      {wide && <TableCell>{target.framework}</TableCell>}
      <TableCell className={classes.wrap}>
        <Owner ownerRef={target.ownerRef} />
      </TableCell>
      {wide && (
        <>
          <TableCell>{target.wave}</TableCell>
          <TableCell>{formatAgeOf(target.updatedAt, Date.now())}</TableCell>
        </>
      )}
    </TableRow>
  );
});
