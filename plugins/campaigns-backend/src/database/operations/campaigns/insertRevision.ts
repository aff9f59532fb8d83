import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { ContextContent, digestOf } from '../../../campaigns/context';
import { databaseNow } from '../../clock';
import { ContextRevisionRow } from '../../tables';

/** Stores a context as the newest revision of a campaign, unless it equals the newest one. */
export async function insertRevision(
  tx: Knex,
  campaignId: string,
  content: ContextContent,
  createdBy: string,
): Promise<ContextRevisionRow> {
  const newest = await tx<ContextRevisionRow>('context_revisions')
    .where({ campaign_id: campaignId })
    .orderBy('number', 'desc')
    .first();
  const digest = digestOf(content);
  if (newest?.digest === digest) return newest;
  const [row] = await tx<ContextRevisionRow>('context_revisions')
    .insert({
      id: randomUUID(),
      campaign_id: campaignId,
      number: (newest?.number ?? 0) + 1,
      digest,
      content: JSON.stringify(content),
      created_by: createdBy,
      created_at: databaseNow(tx) as unknown as number,
    })
    .returning('*');
  await tx('campaigns')
    .where({ id: campaignId })
    .update({ revision_id: row.id });
  return row;
}
