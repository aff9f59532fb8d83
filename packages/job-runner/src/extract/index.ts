export { extractErrors, toExtractedErrors } from './extractErrors';
export { renderErrors } from './renderErrors';
export type { Failure } from './types';
