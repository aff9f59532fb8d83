import Grid from '@material-ui/core/Grid';
import { Campaign } from '@skein/plugin-campaigns-common';
import { CandidateList } from './CandidateList';
import { ScopeDriftCard } from './ScopeDriftCard';
import { ScopeList } from './ScopeList';
import { ScopeStatusCard } from './ScopeStatusCard';

/** What is in, what a person must decide, and what is out, each with its reasons. */
export function ScopeTab(props: { campaign: Campaign }) {
  const { campaign } = props;
  return (
    <Grid container spacing={3}>
      <Grid item xs={12}>
        <ScopeStatusCard campaign={campaign} />
      </Grid>
      <Grid item xs={12}>
        <CandidateList campaign={campaign} />
      </Grid>
      <Grid item xs={12}>
        <ScopeDriftCard campaign={campaign} />
      </Grid>
      <Grid item xs={12}>
        <ScopeList
          campaign={campaign}
          state="outOfScope"
          title="Out of scope"
          explanation="Left out by a rule of the campaign or by a person. Each can be taken in after all."
          empty="Nothing was left out."
          actions={['include']}
        />
      </Grid>
    </Grid>
  );
}
