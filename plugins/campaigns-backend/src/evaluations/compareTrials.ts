import {
  EvaluationComparison,
  Trial,
  TrialComparison,
} from '@skein/plugin-campaigns-common';
import { changeOf, comparisonChanges } from './changeOf';

/**
 * Two evaluations target by target, those that people look for first.
 *
 * @param samePatch - ids of the targets that both left the same patch of, or none
 */
export function compareTrials(
  base: Trial[],
  head: Trial[],
  samePatch: ReadonlySet<string>,
): Pick<EvaluationComparison, 'counts' | 'items'> {
  const before = new Map(base.map(trial => [trial.target.id, trial]));
  const after = new Map(head.map(trial => [trial.target.id, trial]));
  const items = [...new Map([...before, ...after]).values()]
    .map(({ target }): TrialComparison => {
      const [one, other] = [before.get(target.id), after.get(target.id)];
      const change = changeOf(one, other, samePatch.has(target.id));
      return { target, base: one, head: other, change };
    })
    .sort(
      (a, b) =>
        comparisonChanges.indexOf(a.change) -
          comparisonChanges.indexOf(b.change) ||
        nameOf(a).localeCompare(nameOf(b)) ||
        a.target.id.localeCompare(b.target.id),
    );
  const counts = { better: 0, worse: 0, same: 0, different: 0, unknown: 0 };
  for (const { change } of items) counts[change] += 1;
  return { counts, items };
}

function nameOf({ target: { repository, path } }: TrialComparison): string {
  return `${repository.owner}/${repository.name}/${path}`;
}
