export * from './FeedbackOrigin';
export * from './FeedbackText';
