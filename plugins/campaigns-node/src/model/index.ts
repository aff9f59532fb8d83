export * from './ModelCallError';
export * from './types';
