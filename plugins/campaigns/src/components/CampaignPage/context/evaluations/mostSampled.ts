import { Campaign } from '@skein/plugin-campaigns-common';
import { mostAtOnce } from '../../../../data/contextQueries';

/** How many targets a sample can hold: those with something left to change, as far as may be tried at once. */
export function mostSampled({
  counts,
  inScope,
}: Pick<Campaign, 'counts' | 'inScope'>): number {
  const done = (counts.merged ?? 0) + (counts.verified ?? 0);
  return Math.min(mostAtOnce, Math.max(0, inScope - done));
}
