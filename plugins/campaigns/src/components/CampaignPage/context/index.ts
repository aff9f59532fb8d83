export * from './ContextTab';
export * from './contextActions';
export * from './evaluations';
export * from './useContextPaths';
