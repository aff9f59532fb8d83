import { createHash } from 'crypto';
import { RolloutSpec } from '@skein/plugin-campaigns-common';

/** What decides in which wave a target goes. */
export interface WaveCandidate {
  id: string;
  /** Targets of one repository go together. */
  repository: string;
  framework: string;
  /** Lower ones go first; the same for all targets of a repository. Default: 1. */
  level?: number;
}

/** The wave of a target; `index` is its place in the rollout. */
export interface WaveAssignment {
  id: string;
  wave: string;
  index: number;
}

/**
 * Spreads targets over the waves of a rollout.
 *
 * Level by level, repositories are dealt out framework by framework, so that
 * already a small first wave meets each framework; within a framework their
 * order is by hash, so that it does not depend on names or on the order of the
 * input. What the waves leave over goes in the last one.
 */
export function assignWaves(
  candidates: WaveCandidate[],
  waves: RolloutSpec['waves'],
): WaveAssignment[] {
  const repositories = byLevel(candidates).flatMap(dealOut);
  const total = candidates.length;
  const assignments: WaveAssignment[] = [];
  let index = 0;
  let end = endOf(waves, 0, 0, total);
  for (const targets of repositories) {
    while (index < waves.length - 1 && assignments.length >= end) {
      index += 1;
      end = endOf(waves, index, end, total);
    }
    for (const { id } of targets) {
      assignments.push({ id, wave: waves[index].name, index });
    }
  }
  return assignments;
}

/** How many targets are released once a wave is. */
function endOf(
  waves: RolloutSpec['waves'],
  index: number,
  start: number,
  total: number,
): number {
  const { size, share } = waves[index];
  return size !== undefined
    ? Math.min(total, start + size)
    : Math.max(start, Math.ceil((share ?? 1) * total));
}

function byLevel(candidates: WaveCandidate[]): WaveCandidate[][] {
  const levels = new Map<number, WaveCandidate[]>();
  for (const candidate of candidates) {
    const level = candidate.level ?? 1;
    const list = levels.get(level);
    if (list) list.push(candidate);
    else levels.set(level, [candidate]);
  }
  return [...levels].sort(([a], [b]) => a - b).map(([, list]) => list);
}

function dealOut(candidates: WaveCandidate[]): WaveCandidate[][] {
  const byRepository = new Map<string, WaveCandidate[]>();
  for (const candidate of candidates) {
    const group = byRepository.get(candidate.repository) ?? [];
    byRepository.set(candidate.repository, [...group, candidate]);
  }
  const byFramework = new Map<string, WaveCandidate[][]>();
  const ordered = [...byRepository.values()]
    .map(group => [...group].sort((a, b) => compare(a.id, b.id)))
    .sort((a, b) => compare(hash(a[0].repository), hash(b[0].repository)));
  for (const group of ordered) {
    const framework = [...group.map(target => target.framework)].sort()[0];
    byFramework.set(framework, [...(byFramework.get(framework) ?? []), group]);
  }
  const queues = [...byFramework.keys()]
    .sort()
    .map(key => byFramework.get(key)!);
  const longest = Math.max(0, ...queues.map(queue => queue.length));
  return Array.from({ length: longest }, (_, round) =>
    queues.flatMap(queue => (round < queue.length ? [queue[round]] : [])),
  ).flat();
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
