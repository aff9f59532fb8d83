export * from './ReferenceFinder';
export * from './ReferenceLimitError';
export * from './UnresolvedError';
export * from './RepositoryYaml';
