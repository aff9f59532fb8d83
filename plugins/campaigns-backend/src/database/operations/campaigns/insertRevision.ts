import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { ContextRevisionRow } from '../../tables';

/** Stores a context revision with the next number; the caller has locked the campaign. */
export async function insertRevision(
  tx: Knex,
  revision: Pick<
    ContextRevisionRow,
    'campaign_id' | 'digest' | 'content' | 'spec' | 'note' | 'created_by'
  >,
): Promise<ContextRevisionRow> {
  const [{ last }] = await tx('context_revisions')
    .where({ campaign_id: revision.campaign_id })
    .max({ last: 'number' });
  const [row] = await tx<ContextRevisionRow>('context_revisions')
    .insert({
      ...revision,
      id: randomUUID(),
      number: Number(last ?? 0) + 1,
      created_at: databaseNow(tx) as unknown as number,
    })
    .returning('*');
  return row;
}
