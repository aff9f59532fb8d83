import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { CampaignsDataProvider } from '../../data/CampaignsDataProvider';
import { LineageView } from '../LineageView';
import { DatasetCampaigns } from './DatasetCampaigns';

/** The lineage tab of a dataset: who reads it, and what campaigns do about it. */
export function EntityLineageContent() {
  const { entity } = useEntity();
  const dataset = stringifyEntityRef(entity);
  return (
    <CampaignsDataProvider>
      <DatasetCampaigns dataset={dataset} />
      <LineageView key={dataset} dataset={dataset} />
    </CampaignsDataProvider>
  );
}
