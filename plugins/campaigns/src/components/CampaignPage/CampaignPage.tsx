import { useParams } from 'react-router-dom';
import {
  Content,
  Header,
  Page,
  TabbedLayout,
} from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Skeleton from '@material-ui/lab/Skeleton';
import { useCampaign } from '../../data/queries';
import { campaignsRouteRef } from '../../routes';
import { Loadable } from '../shared';
import { CampaignHeader } from './CampaignHeader';
import { CampaignLineage } from './CampaignLineage';
import { OverviewTab } from './overview';
import { ScopeTab } from './scope';
import { SettingsTab } from './settings';
import { TargetsTab } from './targets';

/** One campaign: how far it is, what it waits for, and what can be done. */
export function CampaignPage() {
  const { name = '' } = useParams();
  const campaignsPath = useRouteRef(campaignsRouteRef);
  const query = useCampaign(name);
  const campaign = query.data;

  if (!campaign) {
    return (
      <Page themeId="tool">
        <Header title={name} type="Campaigns" typeLink={campaignsPath()} />
        <Content>
          <Loadable
            query={query}
            skeleton={
              <>
                <Skeleton height={48} width="40%" />
                <Skeleton variant="rect" height={160} />
                <Skeleton height={48} />
                <Skeleton variant="rect" height={240} />
              </>
            }
          >
            {() => <></>}
          </Loadable>
        </Content>
      </Page>
    );
  }

  return (
    <Page themeId="tool">
      <CampaignHeader campaign={campaign} />
      <TabbedLayout>
        <TabbedLayout.Route path="/" title="Overview">
          <OverviewTab campaign={campaign} />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/targets" title="Targets">
          <TargetsTab campaign={campaign} />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/scope" title="Scope">
          <ScopeTab campaign={campaign} />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/lineage" title="Lineage">
          <CampaignLineage campaign={campaign} />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/settings" title="Settings">
          <SettingsTab campaign={campaign} />
        </TabbedLayout.Route>
      </TabbedLayout>
    </Page>
  );
}
