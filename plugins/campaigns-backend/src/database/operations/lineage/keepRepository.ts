import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { LineageNodeRow, LineageRead } from './tables';

/**
 * Carries what a source said of the jobs of a repository over to the read under
 * way, for a repository that the source cannot read now.
 */
export async function keepRepository(
  tx: Knex,
  read: LineageRead,
  repository: RepositoryRef,
): Promise<void> {
  const jobs = tx<LineageNodeRow>('lineage_nodes')
    .select('id')
    .where({ kind: 'job' })
    .whereRaw('lower(repo_host) = ?', [repository.host.toLowerCase()])
    .whereRaw('lower(repo_owner) = ?', [repository.owner.toLowerCase()])
    .whereRaw('lower(repo_name) = ?', [repository.name.toLowerCase()]);
  const ids = (await jobs).map(job => job.id);
  if (ids.length === 0) return;
  await tx('lineage_edges')
    .where({ provider: read.provider })
    .where(either => either.whereIn('from_node', ids).orWhereIn('to_node', ids))
    .update({ last_generation: read.attempt });
  await tx('lineage_columns')
    .where({ provider: read.provider })
    .whereIn('job_node', ids)
    .update({ last_generation: read.attempt });
  const neighbours = tx('lineage_edges')
    .where({ provider: read.provider })
    .whereIn('from_node', ids)
    .select({ id: 'to_node' })
    .unionAll(union =>
      union
        .from('lineage_edges')
        .where({ provider: read.provider })
        .whereIn('to_node', ids)
        .select({ id: 'from_node' }),
    );
  await tx('lineage_witnesses')
    .where({ provider: read.provider })
    .where(either =>
      either.whereIn('node_id', ids).orWhereIn('node_id', neighbours),
    )
    .update({ last_generation: read.attempt });
}
