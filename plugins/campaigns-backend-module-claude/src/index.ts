/**
 * Claude behind the model gateway of the campaigns plugin.
 *
 * @packageDocumentation
 */
export { campaignsModuleClaude as default } from './module';
