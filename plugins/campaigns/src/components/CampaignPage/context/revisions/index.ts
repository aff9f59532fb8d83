export * from './AdoptButton';
export * from './RevisionComparisonPage';
export * from './RevisionPage';
export * from './RevisionsSection';
