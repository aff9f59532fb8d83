export { type AttemptLimits, defaultJobLimits } from './jobLimits';
export { JobWorker } from './JobWorker';
export { JobProtocolServer } from './local/JobProtocolServer';
export {
  LocalJobExecutor,
  type LocalJobExecutorOptions,
} from './local/LocalJobExecutor';
export { createJobProtocolRouter } from './protocol/createJobProtocolRouter';
