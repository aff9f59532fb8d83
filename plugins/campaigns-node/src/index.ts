/**
 * Extension points of the campaigns backend plugin.
 *
 * @packageDocumentation
 */
export * from './checks';
export * from './comments';
export * from './commitAuthor';
export * from './cutLine';
export * from './errors';
export * from './extensions';
export * from './fetchWithinOrigin';
export * from './logging';
export * from './model';
export * from './types';
