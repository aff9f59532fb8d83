/**
 * Lineage from dbt manifests and projects for the campaigns plugin.
 *
 * @packageDocumentation
 */
export { campaignsModuleDbt as default } from './module';
export { DbtCatalogSchemaProvider } from './DbtCatalogSchemaProvider';
export { DbtLineageProvider } from './DbtLineageProvider';
