/**
 * Extension points of the campaigns backend plugin.
 *
 * @packageDocumentation
 */
export * from './errors';
export * from './extensions';
export * from './types';
