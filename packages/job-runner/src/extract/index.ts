export { extractErrors, toExtractedErrors } from './extractErrors';
export { listedFiles } from './listedFiles';
export { renderErrors } from './renderErrors';
export type { Failure } from './types';
