import { Evaluation } from '@skein/plugin-campaigns-common';
import { formatShare } from '../../../../format/money';
import { countOf } from '../../../../format/words';

/** An evaluation in a line, for lists to choose from. */
export function describeEvaluation(evaluation: Evaluation): string {
  const { figures, number, revisionNumber, targetCount } = evaluation;
  const passed =
    figures.passRate === undefined
      ? ''
      : `, ${formatShare(figures.passRate)} passed`;
  return `Evaluation ${number}: revision ${revisionNumber} on ${countOf(
    targetCount,
    'target',
  )}${passed}`;
}
