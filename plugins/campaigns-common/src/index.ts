/**
 * Types, permissions, campaign spec and API client shared by the campaigns plugins.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './api';
export * from './describeLeftovers';
export * from './permissions';
export * from './search';
export * from './spec';
export * from './types';
export * from './visibleText';
