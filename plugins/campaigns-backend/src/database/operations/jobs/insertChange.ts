import { ChangeReport } from '@skein/plugin-campaigns-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { JobRow } from './tables';

/** Stores what a job produced. @returns the change's id */
export async function insertChange(
  tx: Knex.Transaction,
  job: JobRow,
  change: {
    baseCommit: string;
    patch: string;
    report: ChangeReport;
    filesChanged: number;
    insertions: number;
    deletions: number;
  },
): Promise<string> {
  const id = randomUUID();
  await tx('changes').insert({
    id,
    target_id: job.target_id,
    job_id: job.id,
    revision_id: job.revision_id,
    base_commit: change.baseCommit,
    patch: change.patch,
    report: JSON.stringify(change.report),
    files_changed: change.filesChanged,
    insertions: change.insertions,
    deletions: change.deletions,
    created_at: databaseNow(tx),
  });
  return id;
}
