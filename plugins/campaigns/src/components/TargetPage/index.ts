export * from './AgentCard';
export * from './ChangeCard';
export * from './JobLog';
export * from './ModelCallsCard';
export * from './NotesCard';
export * from './ReviewCard';
export * from './TargetPage';
export * from './VerificationCard';
