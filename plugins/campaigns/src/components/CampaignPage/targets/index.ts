export * from './TargetsTab';
