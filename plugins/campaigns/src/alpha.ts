/**
 * The plugin for apps of the new frontend system.
 *
 * @packageDocumentation
 */
export { default } from './alpha/plugin';
