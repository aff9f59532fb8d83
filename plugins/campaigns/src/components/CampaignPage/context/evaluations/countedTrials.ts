import { Evaluation } from '@skein/plugin-campaigns-common';

/** How many trials a pass rate is of: those that ended and were not stopped. */
export function countedTrials({ figures, targetCount }: Evaluation): number {
  return targetCount - figures.open - (figures.outcomes.stopped ?? 0);
}
