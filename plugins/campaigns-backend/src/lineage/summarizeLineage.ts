import { LineageGraph, LineageNode } from '@skein/plugin-campaigns-common';

/** The impact in numbers: what the jobs among the nodes amount to. The root does not count. */
export function summarizeLineage(
  nodes: LineageNode[],
): LineageGraph['summary'] {
  const jobs = nodes.filter(node => node.kind === 'job' && node.depth > 0);
  return {
    direct: jobs.filter(job => job.depth === 1).length,
    indirect: jobs.filter(job => job.depth > 1).length,
    owners: new Set(jobs.flatMap(job => job.ownerRef ?? [])).size,
    deepest: jobs.reduce((deepest, job) => Math.max(deepest, job.depth), 0),
    byFramework: countBy(jobs, job => job.framework ?? 'unknown'),
    byOwner: countBy(jobs, job => job.ownerRef ?? 'unknown'),
    byDepth: countBy(jobs, job => String(job.depth)),
  };
}

function countBy(
  jobs: LineageNode[],
  keyOf: (job: LineageNode) => string,
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const job of jobs) {
    counts.set(keyOf(job), (counts.get(keyOf(job)) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
