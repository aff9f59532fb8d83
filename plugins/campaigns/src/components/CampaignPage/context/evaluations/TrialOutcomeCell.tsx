import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Trial } from '@skein/plugin-campaigns-common';
import { countOf } from '../../../../format/words';
import { failureKindLabel } from '../../../../states/failureKinds';
import { presentTrial } from '../../../../states/trialOutcomes';
import { PresentationChip } from '../../../shared';

const useStyles = makeStyles(theme => ({
  reason: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 3,
    overflow: 'hidden',
    marginTop: theme.spacing(0.5),
    overflowWrap: 'anywhere',
  },
}));

/** How a trial ended, and why. */
export function TrialOutcomeCell(props: { trial: Trial }) {
  const classes = useStyles();
  const { trial } = props;
  const reason = describeReason(trial);
  return (
    <>
      <PresentationChip {...presentTrial(trial)} />
      {reason && (
        <Typography
          variant="caption"
          color="textSecondary"
          className={classes.reason}
          title={reason}
        >
          {reason}
        </Typography>
      )}
    </>
  );
}

function describeReason(trial: Trial): string {
  const { approvalRequired, blocked, failureKind, message, outcome, phase } =
    trial;
  if (outcome === undefined) return phase ? `In phase ${phase}` : '';
  return [
    failureKind && failureKindLabel(failureKind),
    message,
    blocked > 0 && `${countOf(blocked, 'patch', 'patches')} sent back by gates`,
    approvalRequired && 'A person would have to approve it by itself',
  ]
    .filter(Boolean)
    .join('. ');
}
