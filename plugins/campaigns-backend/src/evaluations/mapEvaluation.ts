import { Evaluation, EvaluationFigures } from '@skein/plugin-campaigns-common';
import { toIso } from '../database/clock';
import { TrialSums } from '../database/operations/evaluations/sumTrials';
import { RunRow } from '../database/tables';

const noFigures: EvaluationFigures = {
  outcomes: {},
  open: 0,
  passed: 0,
  blocked: 0,
  judged: 0,
  vetoed: 0,
  recovered: 0,
  approvalRequired: 0,
  noteCount: 0,
  cost: 0,
  tokens: 0,
};

/** The API's view of an evaluation, as far as its reader may see the targets. */
export function toEvaluation(
  row: RunRow,
  known: {
    revisionNumber: number;
    /** Undefined where the reader may see none of them. */
    sums: TrialSums | undefined;
    currency: string;
  },
): Evaluation {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    number: row.number,
    revisionId: row.revision_id,
    revisionNumber: known.revisionNumber,
    state: row.state,
    targetCount: known.sums?.targetCount ?? 0,
    currency: known.currency,
    figures: known.sums?.figures ?? noFigures,
    createdBy: row.created_by,
    createdAt: toIso(row.created_at)!,
    finishedAt: toIso(row.finished_at),
  };
}
