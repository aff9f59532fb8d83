export * from './TargetPage';
