/**
 * Lineage from dbt manifests and projects for the campaigns plugin.
 *
 * @packageDocumentation
 */
export { campaignsModuleDbt as default } from './module';
export { DbtLineageProvider } from './DbtLineageProvider';
