/**
 * What `npm start` runs, once Node, the dependencies and the build are there.
 *
 * @packageDocumentation
 */
export { quickstart } from './quickstart';
export type { QuickstartOptions } from './quickstart';
export { StateFolder } from './state/StateFolder';
export { StartError } from './StartError';
