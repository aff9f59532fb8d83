export {
  extractErrors,
  extractErrorsInTurns,
  toExtractedErrors,
} from './extractErrors';
export { listedFiles } from './listedFiles';
export { renderError, renderErrors } from './renderErrors';
export type { Failure } from './types';
