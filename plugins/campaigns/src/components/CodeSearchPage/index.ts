export * from './CodeSearchPage';
