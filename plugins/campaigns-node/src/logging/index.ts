export * from './campaignsLoggerServiceRef';
export * from './visibleLogger';
