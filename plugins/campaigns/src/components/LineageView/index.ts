export * from './LineageView';
export { firstQuestion } from './LineageQuestion';
