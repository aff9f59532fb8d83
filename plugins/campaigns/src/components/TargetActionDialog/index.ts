export * from './TargetActionDialog';
