export * from './EntityLineageContent';
