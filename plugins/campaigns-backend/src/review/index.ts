export * from './ReviewService';
export type { MappingResolver } from './mapping/analyzeMapping';
