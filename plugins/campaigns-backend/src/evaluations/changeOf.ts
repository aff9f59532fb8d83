import { Trial, TrialComparison } from '@skein/plugin-campaigns-common';
import { passingFailures } from '../queue/afterFailure';

/** The part of a trial that decides how it compares. */
export type TrialEnd = Pick<Trial, 'outcome' | 'failureKind'>;

/** In the order in which people want to see them. */
export const comparisonChanges: Array<TrialComparison['change']> = [
  'worse',
  'better',
  'different',
  'unknown',
  'same',
];

/**
 * How a target fared in a second evaluation beside the first.
 *
 * @param samePatch - whether both left the same patch, or both left none
 */
export function changeOf(
  base: TrialEnd | undefined,
  head: TrialEnd | undefined,
  samePatch: boolean,
): TrialComparison['change'] {
  if (!tells(base) || !tells(head)) return 'unknown';
  const [passed, passes] = [base, head].map(
    ({ outcome }) => outcome === 'proposed',
  );
  if (passes !== passed) return passes ? 'better' : 'worse';
  return samePatch &&
    base.outcome === head.outcome &&
    base.failureKind === head.failureKind
    ? 'same'
    : 'different';
}

/** One that was stopped, or that nothing could carry out, has ended and says nothing of its context. */
function tells(trial: TrialEnd | undefined): trial is TrialEnd {
  return (
    trial?.outcome !== undefined &&
    trial.outcome !== 'stopped' &&
    !(trial.failureKind && passingFailures.has(trial.failureKind))
  );
}
