import { Link } from '@backstage/core-components';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign, Evaluation, Trial } from '@skein/plugin-campaigns-common';
import { formatMoney } from '../../../../format/money';
import { repositoryLabel } from '../../../../format/repository';
import { formatDuration } from '../../../../format/time';
import { useContextPaths } from '../useContextPaths';
import { TrialOutcomeCell } from './TrialOutcomeCell';

const useStyles = makeStyles({
  row: { '& td': { verticalAlign: 'top' } },
  wrap: { overflowWrap: 'anywhere' },
  number: { whiteSpace: 'nowrap' },
});

/** A trial in a line; it leads to its diff, log and reviews. */
export function TrialRow(props: {
  campaign: Campaign;
  evaluation: Evaluation;
  trial: Trial;
}) {
  const classes = useStyles();
  const { campaign, evaluation, trial } = props;
  const paths = useContextPaths(campaign.name);
  const ended = trial.outcome !== undefined;
  return (
    <TableRow hover className={classes.row}>
      <TableCell className={classes.wrap}>
        <Link to={paths.trial(evaluation.id, trial.jobId)}>
          {repositoryLabel(trial.target.repository)}
        </Link>
        <Typography variant="caption" color="textSecondary" display="block">
          {[trial.target.path, trial.target.framework]
            .filter(Boolean)
            .join(', ')}
        </Typography>
      </TableCell>
      <TableCell className={classes.wrap}>
        <TrialOutcomeCell trial={trial} />
      </TableCell>
      <TableCell align="right" className={classes.number}>
        {ended && trial.editCount}
        {trial.insertions + trial.deletions > 0 && (
          <Typography variant="caption" color="textSecondary" display="block">
            +{trial.insertions} −{trial.deletions}
          </Typography>
        )}
      </TableCell>
      <TableCell align="right" className={classes.number}>
        {ended && trial.noteCount}
      </TableCell>
      <TableCell align="right" className={classes.number}>
        {ended && trial.vetoed}
      </TableCell>
      <TableCell align="right" className={classes.number}>
        {(ended || trial.cost > 0) &&
          formatMoney(trial.cost, evaluation.currency)}
      </TableCell>
      <TableCell align="right" className={classes.number}>
        {trial.durationMs !== undefined && formatDuration(trial.durationMs)}
      </TableCell>
    </TableRow>
  );
}
