import { LineageNode } from '@skein/plugin-campaigns-common';
import { LineageNodeRow } from '../database/operations/lineage/tables';

/** A stored node as the API shows it. */
export function toLineageNode(row: LineageNodeRow, depth: number): LineageNode {
  return {
    id: String(row.id),
    kind: row.kind,
    name: row.name,
    title: row.title ?? titleOf(row),
    entityRef: row.entity_ref ?? undefined,
    ownerRef: row.owner_ref ?? undefined,
    framework: row.framework ?? undefined,
    repository:
      row.repo_host && row.repo_owner && row.repo_name
        ? { host: row.repo_host, owner: row.repo_owner, name: row.repo_name }
        : undefined,
    path: row.repo_host ? row.path ?? '' : undefined,
    depth,
  };
}

/** A dataset is known by its name, a job by its folder or repository. */
function titleOf(row: LineageNodeRow): string {
  if (row.kind === 'dataset') return row.name;
  const parts = row.name.split('/').filter(part => part !== '');
  return parts[parts.length - 1] ?? row.name;
}
