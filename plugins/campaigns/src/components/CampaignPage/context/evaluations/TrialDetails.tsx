import Grid from '@material-ui/core/Grid';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Trial } from '@skein/plugin-campaigns-common';
import { useJobChange } from '../../../../data/contextQueries';
import { useTarget } from '../../../../data/queries';
import { Loadable, SectionCard } from '../../../shared';
import {
  AgentCard,
  ChangeCard,
  JobLog,
  ModelCallsCard,
  NotesCard,
  ReviewCard,
  VerificationCard,
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
          <Loadable
            query={change}
            skeleton={<Skeleton variant="rect" height={320} />}
          >
            {loaded => (
              <Grid container spacing={3}>
                {(loaded.report.agent || loaded.report.commands) && (
                  <Grid item xs={12}>
                    <AgentCard report={loaded.report} />
                  </Grid>
                )}
                {loaded.report.refusals.length > 0 && (
                  <Grid item xs={12}>
                    <NotesCard target={target} change={loaded} />
                  </Grid>
                )}
                <Grid item xs={12}>
                  <ChangeCard targetPath={target.path} change={loaded} />
                </Grid>
                <Grid item xs={12}>
                  <VerificationCard
                    report={loaded.report}
                    repository={target.repository}
                  />
                </Grid>
              </Grid>
            )}
          </Loadable>
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
