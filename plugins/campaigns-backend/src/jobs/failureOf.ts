import { JobAttemptEnd } from '@skein/plugin-campaigns-node';
import { JobFailure } from '../queue/JobQueue';
import { oneLine } from './oneLine';

/**
 * Why an attempt failed whose runner ended without a result.
 *
 * @returns undefined where the runner was stopped on purpose
 */
export function failureOf(end: JobAttemptEnd): JobFailure | undefined {
  switch (end.type) {
    case 'killed':
      return end.reason === 'stopped'
        ? undefined
        : { kind: end.reason, message: oneLine(end.message) };
    case 'crashed':
      return { kind: 'runner-crashed', message: oneLine(end.message) };
    default:
      return {
        kind: 'runner-crashed',
        message: `The job runner ended with code ${end.code} and left no result`,
      };
  }
}
