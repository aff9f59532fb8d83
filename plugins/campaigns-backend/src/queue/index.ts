export { JobQueue } from './JobQueue';
