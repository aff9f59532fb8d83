import { NotFoundError } from '@backstage/errors';
import { Change } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { ChangeRow } from './tables';

/** @throws NotFoundError */
export async function getChange(knex: Knex, changeId: string): Promise<Change> {
  const row = await knex<ChangeRow>('changes').where({ id: changeId }).first();
  if (!row) throw new NotFoundError(`No change with id ${changeId}`);
  return toChange(row);
}

/** The API's view of a change. */
export function toChange(row: ChangeRow): Change {
  return {
    id: row.id,
    targetId: row.target_id,
    jobId: row.job_id,
    revisionId: row.revision_id,
    baseCommit: row.base_commit,
    patch: row.patch,
    filesChanged: row.files_changed,
    insertions: row.insertions,
    deletions: row.deletions,
    report: JSON.parse(row.report),
    createdAt: toIso(row.created_at)!,
  };
}
