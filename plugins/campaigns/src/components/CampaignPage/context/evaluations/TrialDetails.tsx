import Grid from '@material-ui/core/Grid';
import { makeStyles } from '@material-ui/core/styles';
import { Trial } from '@skein/plugin-campaigns-common';
import { useJobChange } from '../../../../data/contextQueries';
import { useTarget } from '../../../../data/queries';
import { SectionCard } from '../../../shared';
import {
  ChangeCards,
  JobLog,
  ModelCallsCard,
  ReviewCard,
} from '../../../TargetPage';

// A card that shows nothing must not leave its space behind.
const useStyles = makeStyles({ filled: { '&:empty': { display: 'none' } } });

/** What the page of a target shows of its newest job, of a trial. */
export function TrialDetails(props: { trial: Trial }) {
  const classes = useStyles();
  const { trial } = props;
  const { target } = trial;
  const change = useJobChange(trial);
  const whole = useTarget(target.id).data;
  return (
    <>
      {trial.changeId !== undefined && (
        <Grid item xs={12}>
          <ChangeCards target={target} query={change} />
        </Grid>
      )}
      {whole && (
        <Grid item xs={12} className={classes.filled}>
          <ReviewCard target={whole} jobId={trial.jobId} />
        </Grid>
      )}
      <Grid item xs={12}>
        <SectionCard title="Log">
          <JobLog job={{ id: trial.jobId, state: trial.state }} />
        </SectionCard>
      </Grid>
      {whole && (
        <Grid item xs={12} className={classes.filled}>
          <ModelCallsCard target={whole} jobId={trial.jobId} />
        </Grid>
      )}
    </>
  );
}
