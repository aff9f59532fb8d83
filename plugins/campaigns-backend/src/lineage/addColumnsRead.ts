import { LineageNode } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { readColumnsOfJobs } from '../database/operations/lineage/readColumns';

/** Of one consumer; a table as wide as that is read as a whole. */
const MAX_COLUMNS = 200;
/** Of all consumers in one answer. */
const MAX_ROWS = 50_000;

/** Puts beside each direct consumer of a dataset which of its columns it reads, where a source says so. */
export async function addColumnsRead(
  knex: Knex,
  dataset: { id: number; name: string },
  nodes: LineageNode[],
): Promise<LineageNode[]> {
  const consumers = nodes.filter(
    node => node.kind === 'job' && node.depth === 1,
  );
  const rows = await readColumnsOfJobs(
    knex,
    dataset.id,
    consumers.map(node => Number(node.id)),
    MAX_ROWS,
  );
  const byJob = new Map<string, Map<string, string[]>>();
  for (const row of rows) {
    const job = String(row.job_node);
    const columns = byJob.get(job) ?? new Map<string, string[]>();
    byJob.set(job, columns);
    const uses = columns.get(row.from_column) ?? [];
    if (row.transformation) uses.push(row.transformation);
    columns.set(row.from_column, uses);
  }
  return nodes.map(node => {
    const columns = byJob.get(node.id);
    if (!columns) return node;
    return {
      ...node,
      columnsRead: {
        dataset: dataset.name,
        total: columns.size,
        items: [...columns]
          .slice(0, MAX_COLUMNS)
          .map(([column, uses]) => ({ column, uses })),
      },
    };
  });
}
