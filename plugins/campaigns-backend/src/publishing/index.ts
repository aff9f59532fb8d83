export { planPublication } from '../database/operations/publications/planPublication';
export * from './governor/nextWriteAt';
export * from './governor/WriteGovernor';
