import Grid from '@material-ui/core/Grid';
import { Campaign } from '@skein/plugin-campaigns-common';
import { SpendCard } from '../spend';
import { ActivityCard } from './ActivityCard';
import { AttentionCard } from './AttentionCard';
import { FailuresCard } from './FailuresCard';
import { MappingCard } from './MappingCard';
import { ProgressCard } from './ProgressCard';
import { WavesCard } from './WavesCard';

/** Where a campaign stands, and what it waits for. */
export function OverviewTab(props: { campaign: Campaign }) {
  const { campaign } = props;
  return (
    <Grid container spacing={3} alignItems="stretch">
      <Grid item xs={12}>
        <ProgressCard campaign={campaign} />
      </Grid>
      <Grid item xs={12} md={6}>
        <AttentionCard campaign={campaign} />
      </Grid>
      <Grid item xs={12} md={6}>
        <Grid container spacing={3}>
          <Grid item xs={12}>
            <WavesCard campaign={campaign} />
          </Grid>
          {campaign.failures.length > 0 && (
            <Grid item xs={12}>
              <FailuresCard campaign={campaign} />
            </Grid>
          )}
        </Grid>
      </Grid>
      <Grid item xs={12}>
        <SpendCard campaign={campaign} />
      </Grid>
      <Grid item xs={12}>
        <MappingCard campaign={campaign} />
      </Grid>
      <Grid item xs={12}>
        <ActivityCard campaign={campaign} />
      </Grid>
    </Grid>
  );
}
