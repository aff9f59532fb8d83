export type { GroupUsage } from './ControlGroup';
export { ControlGroups } from './ControlGroups';
export type { GroupDetection } from './ControlGroups';
