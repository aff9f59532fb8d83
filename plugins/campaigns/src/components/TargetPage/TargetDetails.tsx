import Grid from '@material-ui/core/Grid';
import { makeStyles } from '@material-ui/core/styles';
import { Target } from '@skein/plugin-campaigns-common';
import { useChange } from '../../data/queries';
import { ReasonList } from '../ReasonList';
import { FreshnessProps, SectionCard } from '../shared';
import { ChangeCards } from './ChangeCards';
import { JobsCard } from './JobsCard';
import { ModelCallsCard } from './ModelCallsCard';
import { ReviewCard } from './ReviewCard';
import { TargetFeedbackCard } from './TargetFeedbackCard';
import { TargetSummary } from './TargetSummary';

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
          <ChangeCards target={target} query={change} />
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
