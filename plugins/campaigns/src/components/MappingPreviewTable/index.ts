export * from './MappingPreviewTable';
