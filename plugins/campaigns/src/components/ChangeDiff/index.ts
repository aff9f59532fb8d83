// The component itself is not exported here: it is loaded lazily.
export type { DiffLayout } from './DiffLayout';
