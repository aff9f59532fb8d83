import { Evaluation } from '@skein/plugin-campaigns-common';

/** What a trial that ended has cost on average; undefined where none has. */
export function costOfTrial(evaluations: Evaluation[]): number | undefined {
  const finished = evaluations.filter(({ state }) => state === 'finished');
  const trials = finished.reduce((sum, each) => sum + each.targetCount, 0);
  if (trials === 0) return undefined;
  return finished.reduce((sum, { figures }) => sum + figures.cost, 0) / trials;
}
