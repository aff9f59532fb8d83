export * from './ChangeCards';
export * from './JobLog';
export * from './ModelCallsCard';
export * from './PromptDialog';
export * from './ReviewCard';
export * from './TargetPage';
