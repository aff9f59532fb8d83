export * from './lessons';
export * from './schema';
export * from './types';
export * from './review';
export * from './samples';
