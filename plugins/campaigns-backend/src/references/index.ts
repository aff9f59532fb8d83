export * from './ReferenceFinder';
export * from './ReferenceLimitError';
