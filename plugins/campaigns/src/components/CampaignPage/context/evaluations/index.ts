export * from './EvaluateButton';
export * from './EvaluationComparisonPage';
export * from './EvaluationPage';
export * from './EvaluationsSection';
export * from './StartEvaluationDialog';
export * from './TrialPage';
