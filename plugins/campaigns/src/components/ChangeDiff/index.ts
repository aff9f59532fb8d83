// The diffs themselves are not exported here: they are loaded lazily.
export type { DiffLayout } from './DiffLayout';
export * from './DiffLayoutChoice';
