import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Where the migrations lie, in the sources and in the published package. */
export const migrationsDirectory = resolvePackagePath(
  '@skein/plugin-campaigns-backend',
  'migrations',
);

/** Brings the plugin's database up to date. */
export async function migrate(knex: Knex): Promise<void> {
  await knex.migrate.latest({ directory: migrationsDirectory });
}
