/**
 * Brings the datasets that lineage knows into the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleCampaigns as default } from './module';
export { DatasetEntityProvider } from './DatasetEntityProvider';
