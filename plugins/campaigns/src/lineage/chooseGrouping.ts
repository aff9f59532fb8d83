import { LineageNode } from '@skein/plugin-campaigns-common';
import { Grouping } from './types';

/** Consumers that can be read one by one. */
const mostSingle = 60;

/** How a graph is shown at first: whole while it is small, else by team where most owners are known, else by framework. */
export function chooseGrouping(nodes: LineageNode[]): Grouping {
  const jobs = nodes.filter(({ kind }) => kind === 'job');
  if (jobs.length <= mostSingle) return 'none';
  const owned = jobs.filter(({ ownerRef }) => ownerRef !== undefined);
  return owned.length >= jobs.length / 2 ? 'team' : 'framework';
}
