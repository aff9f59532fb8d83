export * from './nextSyncIn';
export * from './Sync';
export * from './readSyncIntervals';
