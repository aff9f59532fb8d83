/**
 * Pages, entity tabs and cards of campaigns. This entry point serves apps of
 * the older frontend system; `./alpha` is the plugin for the new one.
 *
 * @packageDocumentation
 */
export * from './campaignsApiRef';
export * from './entityPredicates';
export * from './extensions';
export * from './plugin';
export * from './routes';
