export * from './askProvider';
export * from './CodeSearchService';
export * from './createCodeSearch';
export * from './firstLine';
