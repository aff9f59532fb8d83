export * from './ScopeTab';
