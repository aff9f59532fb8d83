export * from './PullRequestStatus';
