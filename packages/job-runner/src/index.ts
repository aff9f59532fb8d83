export * from './protocol';
export { runnerBundlePath } from './runnerBundlePath';
export { detectFramework } from './detect/detectFramework';
export { pathProblem } from './paths/pathProblem';
export { createRedact } from './redact';
export type { Redact } from './redact';
