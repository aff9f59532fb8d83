export * from './adoptRevision';
export * from './createRevision';
export * from './RevisionService';
