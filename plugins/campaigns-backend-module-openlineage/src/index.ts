/**
 * Lineage from OpenLineage events and from Marquez for the campaigns plugin.
 *
 * @packageDocumentation
 */
export { campaignsModuleOpenLineage as default } from './module';
export { MarquezLineageProvider } from './marquez/MarquezLineageProvider';
export { OpenLineageEventSource } from './events/OpenLineageEventSource';
