import { useMemo } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Grid from '@material-ui/core/Grid';
import Skeleton from '@material-ui/lab/Skeleton';
import Typography from '@material-ui/core/Typography';
import { Campaign } from '@skein/plugin-campaigns-common';
import { stringify } from 'yaml';
import { useSystemStatus } from '../../../data/queries';
import { withoutLines } from '../../../campaignFiles/specFiles';
import { statusRouteRef } from '../../../routes';
import { CodeBlock, Loadable, SectionCard, SystemSummary } from '../../shared';
import { useContextPaths } from '../context';

/** The campaign as it was written, and where its jobs run. */
export function SettingsTab(props: { campaign: Campaign }) {
  const { campaign } = props;
  const paths = useContextPaths(campaign.name);
  const status = useSystemStatus();
  const statusPath = useRouteRef(statusRouteRef);
  const yaml = useMemo(
    () => stringify(campaign.spec, withoutLines),
    [campaign.spec],
  );
  return (
    <Grid container spacing={3}>
      <Grid item xs={12} lg={7}>
        <SectionCard
          title="Campaign"
          subheader={
            <>
              As of{' '}
              <Link to={paths.revision(campaign.revisionId)}>
                context revision {campaign.revisionNumber}
              </Link>
            </>
          }
        >
          <CodeBlock label="Campaign file" text={yaml} />
        </SectionCard>
      </Grid>
      <Grid item xs={12} lg={5}>
        <SectionCard title="Where jobs run">
          <Loadable
            query={status}
            skeleton={<Skeleton variant="rect" height={60} />}
          >
            {loaded => (
              <>
                <SystemSummary status={loaded} />
                <Typography variant="body2" style={{ marginTop: 16 }}>
                  <Link to={statusPath()}>What confines jobs here</Link>
                </Typography>
              </>
            )}
          </Loadable>
        </SectionCard>
      </Grid>
    </Grid>
  );
}
