export * from './EntityMigrationsContent';
