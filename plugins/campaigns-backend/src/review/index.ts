export * from './ReviewService';
export { judgeModel } from './judge/judgeModel';
export type { MappingResolver } from './mapping/analyzeMapping';
