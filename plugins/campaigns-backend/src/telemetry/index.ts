export { Telemetry } from './Telemetry';
export { traceAttempt } from './traceAttempt';
