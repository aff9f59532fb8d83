export { holdFolder } from './holdFolder';
export type { HeldFolder } from './holdFolder';
export { allows, canEnter, makeFolder } from './openFolder';
export { sweepFolders } from './sweepFolders';
