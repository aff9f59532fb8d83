export * from './GitError';
export * from './borrowRepository';
export * from './runGit';
export * from './spawnGit';
