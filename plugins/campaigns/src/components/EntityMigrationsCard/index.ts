export * from './EntityMigrationsCard';
