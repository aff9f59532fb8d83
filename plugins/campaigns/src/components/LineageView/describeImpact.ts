import { LineageGraph } from '@skein/plugin-campaigns-common';
import { countOf } from '../../format/words';
import { Direction } from './LineageQuestion';

/** What the graph amounts to, in a line. */
export function describeImpact(
  { summary }: Pick<LineageGraph, 'summary'>,
  direction: Direction,
): string {
  const { direct, indirect, owners, deepest, byFramework } = summary;
  const frameworks = Object.entries(byFramework)
    .sort((a, b) => b[1] - a[1])
    .map(([framework, count]) => `${count.toLocaleString('en')} ${framework}`)
    .join(', ');
  const who = direction === 'upstream' ? 'direct source' : 'direct consumer';
  return [
    countOf(direct, who),
    `${indirect.toLocaleString('en')} indirect`,
    countOf(owners, 'owner'),
    `${countOf(deepest, 'step')} at most${frameworks && ` (${frameworks})`}`,
  ].join(', ');
}
