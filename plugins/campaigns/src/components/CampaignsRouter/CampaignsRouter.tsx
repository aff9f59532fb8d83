import { Route, Routes } from 'react-router-dom';
import { CampaignsDataProvider } from '../../data/CampaignsDataProvider';
import { CampaignPage } from '../CampaignPage';
import { CampaignsListPage } from '../CampaignsListPage';
import { TargetPage } from '../TargetPage';

/** All pages under `/campaigns`. */
export function CampaignsRouter() {
  return (
    <CampaignsDataProvider>
      <Routes>
        <Route path="/" element={<CampaignsListPage />} />
        <Route path="/:name/targets/:targetId" element={<TargetPage />} />
        <Route path="/:name/*" element={<CampaignPage />} />
      </Routes>
    </CampaignsDataProvider>
  );
}
