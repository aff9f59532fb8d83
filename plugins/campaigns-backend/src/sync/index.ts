export * from './nextSyncIn';
export * from './Sync';
