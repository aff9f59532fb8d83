export * from './FeedbackSection';
