import { Evaluation } from '@skein/plugin-campaigns-common';

/** The newest evaluation of each revision, of a list that begins with the newest. */
export function latestEvaluations(
  evaluations: Evaluation[],
): Map<string, Evaluation> {
  const latest = new Map<string, Evaluation>();
  for (const evaluation of evaluations) {
    const { figures, revisionId } = evaluation;
    const known = latest.get(revisionId);
    // One that has come to nothing yet says less than an older one.
    if (
      !known ||
      (known.figures.passRate === undefined && figures.passRate !== undefined)
    ) {
      latest.set(revisionId, evaluation);
    }
  }
  return latest;
}
