import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { RunRow } from '../../tables';

/** Begins a run. */
export async function insertRun(
  tx: Knex,
  run: Pick<RunRow, 'campaign_id' | 'kind' | 'revision_id' | 'created_by'> & {
    wave?: string;
    targetCount: number;
  },
): Promise<RunRow> {
  const [{ last }] = await tx('runs')
    .where({ campaign_id: run.campaign_id })
    .max({ last: 'number' });
  const [row] = await tx<RunRow>('runs')
    .insert({
      id: randomUUID(),
      campaign_id: run.campaign_id,
      number: Number(last ?? 0) + 1,
      kind: run.kind,
      wave: run.wave ?? null,
      revision_id: run.revision_id,
      state: 'running',
      target_count: run.targetCount,
      created_by: run.created_by,
      created_at: databaseNow(tx) as unknown as number,
    })
    .returning('*');
  return row;
}
