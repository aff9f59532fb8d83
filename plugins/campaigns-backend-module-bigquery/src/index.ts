/**
 * Schemas of BigQuery tables for the campaigns plugin.
 *
 * @packageDocumentation
 */
export { campaignsModuleBigQuery as default } from './module';
export { BigQuerySchemaProvider } from './BigQuerySchemaProvider';
