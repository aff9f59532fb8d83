import { LineageGraph, LineageNode } from '@skein/plugin-campaigns-common';

/** The impact in numbers: what the jobs among the nodes amount to. The root does not count. */
export function summarizeLineage(
  nodes: LineageNode[],
): LineageGraph['summary'] {
  const jobs = nodes.filter(node => node.kind === 'job' && node.depth > 0);
  const byFramework: Record<string, number> = {};
  for (const { framework = 'unknown' } of jobs) {
    byFramework[framework] = (byFramework[framework] ?? 0) + 1;
  }
  return {
    direct: jobs.filter(job => job.depth === 1).length,
    indirect: jobs.filter(job => job.depth > 1).length,
    owners: new Set(jobs.flatMap(job => job.ownerRef ?? [])).size,
    deepest: Math.max(0, ...jobs.map(job => job.depth)),
    byFramework,
  };
}
