export * from './diffScope';
export * from './frameworks/builtInDetectors';
export * from './frameworks/detectorsFromConfig';
export * from './joinScope';
export * from './ScopeService';
export * from './types';
