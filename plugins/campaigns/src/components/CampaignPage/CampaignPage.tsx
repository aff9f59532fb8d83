import { Route, Routes, useParams } from 'react-router-dom';
import { useRouteRef } from '@backstage/core-plugin-api';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign } from '@skein/plugin-campaigns-common';
import { useCampaign } from '../../data/queries';
import { describeDeadline } from '../../format/time';
import { withShortNames } from '../../format/words';
import { campaignsRouteRef } from '../../routes';
import { Loadable, NoSandboxAlert, Owner, PageFrame, useNow } from '../shared';
import { CampaignActions } from './actions';
import { CampaignLineage } from './CampaignLineage';
import { CampaignTabs } from './CampaignTabs';
import { ContextTab } from './context';
import { OverviewTab } from './overview';
import { ScopeTab } from './scope';
import { SettingsTab } from './settings';
import { TargetsTab } from './targets';

/** One campaign: how far it is, what it waits for, and what can be done. */
export function CampaignPage() {
  const { name = '' } = useParams();
  const campaignsPath = useRouteRef(campaignsRouteRef);
  const query = useCampaign(name);
  const now = useNow(60_000);
  return (
    <PageFrame
      title={query.data?.title ?? name}
      subtitle={
        query.data?.stateReason && withShortNames(query.data.stateReason)
      }
      parent={{ title: 'Campaigns', path: campaignsPath(), first: true }}
      facts={query.data && factsOf(query.data, now)}
    >
      <NoSandboxAlert />
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
        {campaign => (
          <>
            <CampaignActions campaign={campaign} />
            <CampaignTabs name={campaign.name} />
            <Routes>
              <Route path="/" element={<OverviewTab campaign={campaign} />} />
              <Route
                path="/targets"
                element={<TargetsTab campaign={campaign} />}
              />
              <Route path="/scope" element={<ScopeTab campaign={campaign} />} />
              <Route
                path="/lineage"
                element={<CampaignLineage campaign={campaign} />}
              />
              <Route
                path="/context/*"
                element={<ContextTab campaign={campaign} />}
              />
              <Route
                path="/settings"
                element={<SettingsTab campaign={campaign} />}
              />
            </Routes>
          </>
        )}
      </Loadable>
    </PageFrame>
  );
}

function factsOf(campaign: Campaign, now: number) {
  const deadline = describeDeadline(campaign.deadline, now);
  const over = campaign.state === 'completed' || campaign.state === 'cancelled';
  return [
    ...(deadline
      ? [
          {
            label: 'Deadline',
            value: over ? deadline.date : `${deadline.date}, ${deadline.left}`,
          },
        ]
      : []),
    { label: 'Owner', value: <Owner ownerRef={campaign.ownerRef} plain /> },
  ];
}
