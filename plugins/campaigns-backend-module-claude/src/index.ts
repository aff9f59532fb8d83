/**
 * Claude behind the model gateway of the campaigns plugin.
 *
 * @packageDocumentation
 */
export { campaignsModuleClaude as default } from './module';
export { ClaudeProvider } from './ClaudeProvider';
export type { ClaudeKey, ClaudeSettings } from './readClaudeConfig';
