import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { feedbackKey } from '../../../feedback/feedbackKey';
import { foreignLine } from '../../../feedback/foreignText';
import { databaseNow } from '../../clock';
import { JobRow } from '../jobs/tables';
import { trimFeedback } from './trimFeedback';

/** Of one job. */
const MOST_REMARKS = 50;

/** Keeps what a job's agent remarked on its instructions; a runner says it, so it is hostile. */
export async function storeRemarks(
  tx: Knex,
  job: Pick<JobRow, 'id' | 'campaign_id' | 'target_id' | 'revision_id'>,
  remarks: string[] = [],
): Promise<void> {
  const rows = remarks
    .slice(0, MOST_REMARKS)
    .map(foreignLine)
    .filter(text => text !== '')
    .map(text => ({
      id: randomUUID(),
      campaign_id: job.campaign_id,
      target_id: job.target_id,
      source: 'agent',
      key: feedbackKey('agent', text),
      text,
      job_id: job.id,
      revision_id: job.revision_id,
      created_at: databaseNow(tx),
    }));
  if (rows.length === 0) return;
  for (const row of rows) {
    // Twice in one report is once.
    await tx('feedback').insert(row).onConflict(['job_id', 'key']).ignore();
  }
  await trimFeedback(tx, job.target_id, 'agent');
}
