export * from './campaign';
export * from './change';
export * from './lineage';
export * from './pullRequest';
export * from './repository';
export * from './review';
export * from './run';
export * from './target';
