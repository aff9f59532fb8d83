export * from './FeedbackService';
