export * from './protocol';
export { runnerBundlePath } from './runnerBundlePath';
export { detectFramework } from './detect/detectFramework';
