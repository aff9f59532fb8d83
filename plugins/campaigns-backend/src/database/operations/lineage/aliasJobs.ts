import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { LineageAliasRow } from './tables';

interface CodeJob {
  name: string;
  repository: string;
  path: string;
}

/**
 * Says of jobs that only events tell of which known job they are a part of.
 *
 * Events name a file or a task; what reads a repository knows the folder that
 * is changed as one. The nearest such folder around a file is its job, so that
 * the same edge from both is one edge.
 */
export async function aliasJobs(tx: Knex, provider: string): Promise<void> {
  const told = await listCodeJobs(tx, 'events');
  const read = await listCodeJobs(tx, 'reads');
  const folders = new Map<string, CodeJob[]>();
  for (const job of read) {
    const list = folders.get(job.repository);
    if (list) list.push(job);
    else folders.set(job.repository, [job]);
  }
  const known = new Set(read.map(job => job.name));
  for (const job of told) {
    if (known.has(job.name)) continue;
    const around = (folders.get(job.repository) ?? [])
      .filter(({ path }) => path === '' || job.path.startsWith(`${path}/`))
      .sort((a, b) => b.path.length - a.path.length)[0];
    if (!around) continue;
    await tx<LineageAliasRow>('lineage_aliases')
      .insert({
        kind: 'job',
        name: job.name,
        canonical: around.name,
        provider,
        last_seen: databaseNow(tx) as unknown as number,
      })
      .onConflict(['kind', 'name'])
      .merge(['canonical', 'provider', 'last_seen']);
  }
  await forgetLost(tx, known);
}

/** Where the folder is known no more, its files are jobs again. */
async function forgetLost(tx: Knex, known: Set<string>): Promise<void> {
  const canonicals = await tx<LineageAliasRow>('lineage_aliases')
    .where({ kind: 'job' })
    .distinct('canonical');
  for (const { canonical } of canonicals) {
    if (!known.has(canonical)) {
      await tx('lineage_aliases').where({ kind: 'job', canonical }).delete();
    }
  }
}

/** Jobs whose code is known, by who tells of them. */
async function listCodeJobs(
  tx: Knex,
  by: 'events' | 'reads',
): Promise<CodeJob[]> {
  const rows = await tx('lineage_nodes as n')
    .join('lineage_witnesses as w', 'w.node_id', 'n.id')
    .join('lineage_providers as p', 'p.id', 'w.provider')
    .where('n.kind', 'job')
    .where('n.name', 'like', '%//%')
    .whereNotNull('n.repo_host')
    .where(valid => {
      if (by === 'events') valid.whereNotNull('p.expire_after');
      else {
        valid
          .whereNull('p.expire_after')
          .whereRaw('w.first_generation <= p.generation')
          .whereRaw('w.last_generation >= p.generation');
      }
    })
    .distinct<Array<{ name: string }>>('n.name');
  return rows.map(({ name }) => {
    const at = name.indexOf('//');
    return {
      name,
      repository: name.slice(0, at),
      path: name.slice(at + 2),
    };
  });
}
