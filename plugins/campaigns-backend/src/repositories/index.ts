export * from './Forges';
export * from './RepositoryMirrors';
