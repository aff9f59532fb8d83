import { JobLimits } from '@skein/job-runner';

/** Limits of an attempt: what its runner is told, and what its executor sees to alone. */
export interface AttemptLimits extends JobLimits {
  /** Time on all processors, of all its processes together. */
  cpuSeconds: number;
}

/** Limits of an attempt where the configuration says nothing else. */
export const defaultJobLimits: AttemptLimits = {
  timeoutSeconds: 45 * 60,
  cpuSeconds: 45 * 60,
  memoryBytes: 2 * 1024 ** 3,
  outputBytes: 32 * 1024 ** 2,
  patchBytes: 4 * 1024 ** 2,
};
