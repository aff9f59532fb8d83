import { JobLimits } from '@skein/job-runner';

/** Limits of an attempt where the configuration says nothing else. */
export const defaultJobLimits: JobLimits = {
  timeoutSeconds: 45 * 60,
  memoryBytes: 2 * 1024 ** 3,
  outputBytes: 32 * 1024 ** 2,
  patchBytes: 4 * 1024 ** 2,
};
