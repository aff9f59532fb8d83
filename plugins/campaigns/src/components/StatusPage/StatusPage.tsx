import { useRouteRef } from '@backstage/core-plugin-api';
import Grid from '@material-ui/core/Grid';
import Skeleton from '@material-ui/lab/Skeleton';
import { useSystemStatus } from '../../data/queries';
import { campaignsRouteRef } from '../../routes';
import { Loadable, PageFrame, SectionCard, SystemSummary } from '../shared';
import { DefencesCard } from './DefencesCard';

/** What the installation can do, and which defences hold on the machine that jobs run on. */
export function StatusPage() {
  const campaignsPath = useRouteRef(campaignsRouteRef);
  const status = useSystemStatus();
  return (
    <PageFrame
      title="Status"
      subtitle="What this installation can do, and what confines its jobs"
      parent={{ title: 'Campaigns', path: campaignsPath(), first: true }}
    >
      <Loadable
        query={status}
        skeleton={<Skeleton variant="rect" height={240} />}
      >
        {loaded => (
          <Grid container spacing={3}>
            <Grid item xs={12} lg={7}>
              <DefencesCard executor={loaded.executor} />
            </Grid>
            <Grid item xs={12} lg={5}>
              <SectionCard title="Where jobs run">
                <SystemSummary status={loaded} />
              </SectionCard>
            </Grid>
          </Grid>
        )}
      </Loadable>
    </PageFrame>
  );
}
