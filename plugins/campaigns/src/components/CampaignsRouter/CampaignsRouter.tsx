import { Route, Routes } from 'react-router-dom';
import { CampaignsDataProvider } from '../../data/CampaignsDataProvider';
import { CampaignPage } from '../CampaignPage';
import { CampaignsListPage } from '../CampaignsListPage';
import { CodeSearchPage } from '../CodeSearchPage';
import { GuidePage } from '../GuidePage';
import { FrameStyle, FrameStyleProvider } from '../shared';
import { StatusPage } from '../StatusPage';
import { TargetPage } from '../TargetPage';

/** All pages under `/campaigns`. */
export function CampaignsRouter(props: { frame?: FrameStyle }) {
  return (
    <CampaignsDataProvider>
      <FrameStyleProvider value={props.frame ?? 'banner'}>
        <Routes>
          <Route path="/" element={<CampaignsListPage />} />
          <Route path="/search" element={<CodeSearchPage />} />
          <Route path="/status" element={<StatusPage />} />
          <Route path="/:name/targets/:targetId" element={<TargetPage />} />
          <Route path="/:name/guide" element={<GuidePage />} />
          <Route path="/:name/*" element={<CampaignPage />} />
        </Routes>
      </FrameStyleProvider>
    </CampaignsDataProvider>
  );
}
