import { Link } from '@backstage/core-components';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  Campaign,
  Evaluation,
  EvaluationComparison,
  Trial,
} from '@skein/plugin-campaigns-common';
import { repositoryLabel } from '../../../../format/repository';
import { trialChanges } from '../../../../states/trialOutcomes';
import { DenseTable, PresentationChip } from '../../../shared';
import { useContextPaths } from '../useContextPaths';
import { TrialOutcomeCell } from './TrialOutcomeCell';

const useStyles = makeStyles(theme => ({
  row: { '& td': { verticalAlign: 'top', overflowWrap: 'anywhere' } },
  diff: { display: 'inline-block', marginTop: theme.spacing(0.5) },
}));

/** Targets of two evaluations, each with both outcomes. */
export function ComparedTrials(props: {
  campaign: Campaign;
  comparison: EvaluationComparison;
  stale: boolean;
}) {
  const classes = useStyles();
  const { campaign, comparison, stale } = props;
  const { base, head, items } = comparison;
  return (
    <DenseTable
      label="Targets of both evaluations"
      minWidth={760}
      fixed
      stale={stale}
    >
      <TableHead>
        <TableRow>
          <TableCell width={120}>Change</TableCell>
          <TableCell width="26%">Target</TableCell>
          <TableCell>{columnOf(base)}</TableCell>
          <TableCell>{columnOf(head)}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {items.map(item => (
          <TableRow key={item.target.id} hover className={classes.row}>
            <TableCell>
              <PresentationChip {...trialChanges[item.change]} />
            </TableCell>
            <TableCell>
              {repositoryLabel(item.target.repository)}
              <Typography
                variant="caption"
                color="textSecondary"
                display="block"
              >
                {[item.target.path, item.target.framework]
                  .filter(Boolean)
                  .join(', ')}
              </Typography>
            </TableCell>
            <TableCell>
              <Side campaign={campaign} evaluation={base} trial={item.base} />
            </TableCell>
            <TableCell>
              <Side campaign={campaign} evaluation={head} trial={item.head} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </DenseTable>
  );
}

function Side(props: {
  campaign: Campaign;
  evaluation: Evaluation;
  trial: Trial | undefined;
}) {
  const classes = useStyles();
  const { campaign, evaluation, trial } = props;
  const paths = useContextPaths(campaign.name);
  if (!trial) {
    return (
      <Typography variant="body2" color="textSecondary">
        Not tried
      </Typography>
    );
  }
  const changed = trial.insertions + trial.deletions > 0;
  const label = changed ? 'Diff and log' : 'Log';
  return (
    <>
      <TrialOutcomeCell trial={trial} />
      <div>
        <Link
          className={classes.diff}
          to={paths.trial(evaluation.id, trial.jobId)}
          aria-label={`${label} of ${repositoryLabel(
            trial.target.repository,
          )} in evaluation ${evaluation.number}`}
        >
          {label}
        </Link>
      </div>
    </>
  );
}

function columnOf({ number, revisionNumber }: Evaluation): string {
  return `Revision ${revisionNumber} (evaluation ${number})`;
}
