import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { isUuid } from '../../isUuid';
import { RunRow } from '../../tables';

/** @throws NotFoundError where the campaign has no such evaluation */
export async function getEvaluationRow(
  knex: Knex,
  campaignId: string,
  evaluationId: string,
): Promise<RunRow> {
  const row =
    isUuid(evaluationId) &&
    (await knex<RunRow>('runs')
      .where({ id: evaluationId, campaign_id: campaignId, kind: 'dryRun' })
      .first());
  if (!row) {
    throw new NotFoundError(
      `The campaign has no evaluation with id ${evaluationId}`,
    );
  }
  return row;
}
