import { Evaluation, EvaluationSample } from '@skein/plugin-campaigns-common';

/** How many targets a sample asks for; undefined where it cannot be asked for. */
export function countSample(
  sample: EvaluationSample,
  evaluations: Evaluation[],
): number | undefined {
  if ('targetIds' in sample) return sample.targetIds.length || undefined;
  if ('size' in sample) {
    return Number.isInteger(sample.size) && sample.size > 0
      ? sample.size
      : undefined;
  }
  return evaluations.find(({ id }) => id === sample.sameAs)?.targetCount;
}
