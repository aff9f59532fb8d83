import {
  LineageNode,
  formatRepositoryRef,
} from '@skein/plugin-campaigns-common';
import { MigrationRow } from '../database/operations/lineage/readMigrations';

/**
 * Puts beside each job how far its migration is, and the framework that the
 * scope found where no source of lineage says one.
 *
 * A target is a job's where folder and repository are the same, or else the
 * catalog entity, or else where the job's folder holds that target alone.
 *
 * @param migrations - those of the newest campaign first
 */
export function matchMigrations(
  nodes: LineageNode[],
  migrations: MigrationRow[],
): LineageNode[] {
  const byPlace = new Map<string, MigrationRow>();
  const byEntity = new Map<string, MigrationRow>();
  const byRepository = new Map<string, MigrationRow[]>();
  for (const row of migrations) {
    const repository = repositoryKey({
      host: row.repo_host,
      owner: row.repo_owner,
      name: row.repo_name,
    });
    setFirst(byPlace, `${repository}//${row.path}`, row);
    if (row.entity_ref) setFirst(byEntity, row.entity_ref, row);
    byRepository.set(repository, [
      ...(byRepository.get(repository) ?? []),
      row,
    ]);
  }

  return nodes.map(node => {
    if (node.kind !== 'job' || !node.repository) return node;
    const repository = repositoryKey(node.repository);
    const within = (byRepository.get(repository) ?? []).filter(
      row => node.path === '' || row.path.startsWith(`${node.path}/`),
    );
    const match =
      byPlace.get(`${repository}//${node.path}`) ??
      (node.entityRef ? byEntity.get(node.entityRef) : undefined) ??
      (new Set(within.map(row => row.path)).size === 1 ? within[0] : undefined);
    if (!match) return node;
    return {
      ...node,
      framework: node.framework ?? match.framework,
      migration: {
        campaignName: match.campaign_name,
        targetId: match.id,
        state: match.state,
      },
    };
  });
}

function repositoryKey(
  repository: NonNullable<LineageNode['repository']>,
): string {
  return formatRepositoryRef(repository).toLowerCase();
}

function setFirst<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}
