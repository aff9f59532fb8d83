import { JobResult } from '../protocol';

/** As what a job can fail. */
export type RunnerFailureKind = Extract<
  JobResult,
  { outcome: 'failed'; task: 'transform' }
>['failureKind'];

/** Ends a job with a verdict. */
export class JobFailure extends Error {
  readonly kind: RunnerFailureKind;
  readonly patch: string;

  constructor(kind: RunnerFailureKind, message: string, patch = '') {
    super(message);
    this.name = 'JobFailure';
    this.kind = kind;
    this.patch = patch;
  }
}
