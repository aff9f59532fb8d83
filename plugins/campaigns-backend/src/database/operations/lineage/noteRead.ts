import { Knex } from 'knex';
import { LineageProviderRow, LineageRead } from './tables';

/** Writes down how far a read is, as long as it is under way. */
export async function noteProgress(
  knex: Knex,
  read: LineageRead,
  progress: string,
): Promise<void> {
  await knex<LineageProviderRow>('lineage_providers')
    .where({ id: read.provider, attempt: read.attempt, state: 'running' })
    .update({ progress });
}

/** Adds to what is said of a published read what may be missing from it. */
export async function noteProblem(
  knex: Knex,
  read: LineageRead,
  problem: string,
): Promise<void> {
  const row = await knex<LineageProviderRow>('lineage_providers')
    .where({ id: read.provider, generation: read.attempt, state: 'ok' })
    .first('last_error');
  if (!row) return;
  const both = row.last_error ? `${row.last_error}; ${problem}` : problem;
  await knex<LineageProviderRow>('lineage_providers')
    .where({ id: read.provider, generation: read.attempt, state: 'ok' })
    .update({ last_error: both.slice(0, 1000) });
}
