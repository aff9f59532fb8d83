import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { ContextRevisionRow } from '../../tables';
import { isUuid } from '../../isUuid';

/** @throws NotFoundError where the campaign has no such context revision */
export async function getRevisionRow(
  knex: Knex,
  campaignId: string,
  revisionId: string,
): Promise<ContextRevisionRow> {
  const row =
    isUuid(revisionId) &&
    (await knex<ContextRevisionRow>('context_revisions')
      .where({ id: revisionId, campaign_id: campaignId })
      .first());
  if (!row) {
    throw new NotFoundError(
      `The campaign has no context revision with id ${revisionId}`,
    );
  }
  return row;
}
