export { planPublication } from '../database/operations/publications/planPublication';
export { rollBackTargets } from '../database/operations/rollbacks/rollBackTargets';
export * from './governor/nextWriteAt';
export * from './governor/WriteGovernor';
export * from './Publisher';
export * from './PublishingOptions';
export * from './reviewers/catalogReviewers';
