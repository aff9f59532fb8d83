export * from './protocol';
export { runnerBundlePath } from './runnerBundlePath';
export { runnerPackages } from './runnerPackages';
export {
  extractErrors,
  extractErrorsInTurns,
  renderError,
  toExtractedErrors,
} from './extract';
export { detectFramework } from './detect/detectFramework';
export { pathProblem } from './paths/pathProblem';
export { createRedact } from './redact';
export type { Redact } from './redact';
export { redactEntry } from './agent/redactEntry';
