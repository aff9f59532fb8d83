import { Knex } from 'knex';

/** Forgets the scans of repositories that are not among these. */
export async function removeOtherScans(
  knex: Knex,
  repositories: ReadonlySet<string>,
): Promise<void> {
  const known: string[] = await knex('lineage_scans').pluck('repository');
  const gone = known.filter(repository => !repositories.has(repository));
  for (let start = 0; start < gone.length; start += 500) {
    await knex('lineage_scans')
      .whereIn('repository', gone.slice(start, start + 500))
      .delete();
  }
}
