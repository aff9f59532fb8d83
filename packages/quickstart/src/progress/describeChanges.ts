import { Target } from '@skein/plugin-campaigns-common';
import { targetName } from '../outcome/compareWithExpected';

/** What each state is called when a target comes to it; states of passage are not worth a line. */
const news: Partial<Record<Target['state'], (target: Target) => string>> = {
  prOpen: it => `pull request ${it.pullRequest?.url ?? ''}`.trim(),
  merged: () => 'merged by its owner',
  verified: () => 'verified: it no longer reads the old dataset',
  noChanges: it => `nothing to change${because(it)}`,
  needsHuman: it => `needs a person${because(it)}`,
  failed: it => `failed${because(it)}`,
  overBudget: it => `over budget${because(it)}`,
  stopped: it => `stopped${because(it)}`,
  closed: it => `pull request closed${because(it)}`,
  rolledBack: it => `rolled back${because(it)}`,
  driftedBack: it => `reads the old dataset again${because(it)}`,
  reverted: it => `merge was reverted${because(it)}`,
};

/** A line for each target that came to a state worth telling. */
export function describeChanges(
  before: ReadonlyMap<string, Target['state']>,
  targets: Target[],
): string[] {
  return targets
    .filter(it => before.get(it.id) !== it.state)
    .flatMap(it => {
      const text = news[it.state]?.(it);
      return text ? [`${targetName(it)}: ${text}`] : [];
    });
}

function because(target: Target): string {
  return target.stateReason ? `: ${target.stateReason}` : '';
}
