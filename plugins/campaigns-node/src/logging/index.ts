export * from './campaignsLoggerServiceRef';
export * from './visibleLogger';
export * from './visibleStack';
