export * from './EvaluationService';
