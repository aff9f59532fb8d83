import { Knex } from 'knex';

/** The targets of two evaluations that both left the same patch, or both left none. */
export async function listSamePatches(
  knex: Knex,
  baseRunId: string,
  headRunId: string,
): Promise<Set<string>> {
  const rows = await knex({ base: 'jobs' })
    .join({ head: 'jobs' }, 'head.target_id', 'base.target_id')
    .leftJoin({ before: 'changes' }, 'before.id', 'base.change_id')
    .leftJoin({ after: 'changes' }, 'after.id', 'head.change_id')
    .where({ 'base.run_id': baseRunId, 'head.run_id': headRunId })
    .where(query =>
      query
        .whereRaw('before.patch = after.patch')
        .orWhere(none => none.whereNull('before.id').whereNull('after.id')),
    )
    .select('base.target_id');
  return new Set(rows.map(row => row.target_id));
}
