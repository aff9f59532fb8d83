import Grid from '@material-ui/core/Grid';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Target } from '@skein/plugin-campaigns-common';
import { useChange } from '../../data/queries';
import { ReasonList } from '../ReasonList';
import { FreshnessProps, Loadable, SectionCard } from '../shared';
import { AgentCard } from './AgentCard';
import { ChangeCard } from './ChangeCard';
import { JobsCard } from './JobsCard';
import { ModelCallsCard } from './ModelCallsCard';
import { NotesCard } from './NotesCard';
import { ReviewCard } from './ReviewCard';
import { TargetFeedbackCard } from './TargetFeedbackCard';
import { TargetSummary } from './TargetSummary';
import { VerificationCard } from './VerificationCard';

// A card that shows nothing must not leave its space behind.
const useStyles = makeStyles({ filled: { '&:empty': { display: 'none' } } });

export function TargetDetails(props: {
  target: Target;
  query: FreshnessProps['query'];
}) {
  const classes = useStyles();
  const { target } = props;
  const change = useChange(target);
  return (
    <Grid container spacing={3}>
      <Grid item xs={12} lg={7}>
        <TargetSummary target={target} query={props.query} />
      </Grid>
      <Grid item xs={12} lg={5}>
        <SectionCard
          title={
            target.state === 'outOfScope'
              ? 'Why it is out of scope'
              : 'Why it is in scope'
          }
        >
          <ReasonList target={target} />
        </SectionCard>
      </Grid>
      {target.changeId !== undefined && (
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
      {target.jobId !== undefined && (
        <Grid item xs={12}>
          <ReviewCard target={target} />
        </Grid>
      )}
      <Grid item xs={12} className={classes.filled}>
        <TargetFeedbackCard target={target} />
      </Grid>
      <Grid item xs={12}>
        <JobsCard target={target} />
      </Grid>
      {target.jobId !== undefined && (
        <Grid item xs={12}>
          <ModelCallsCard target={target} jobId={target.jobId} />
        </Grid>
      )}
    </Grid>
  );
}
