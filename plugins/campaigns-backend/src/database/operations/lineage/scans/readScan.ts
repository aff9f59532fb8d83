import { Knex } from 'knex';
import { DbTime } from '../../../tables';

/** Rows of `lineage_scans`. */
export interface LineageScanRow {
  /** `host/owner/name` in lower case. */
  repository: string;
  commit: string;
  version: string;
  /** JSON. */
  result: string;
  scanned_at: DbTime;
}

/** What was found in a repository when it was last scanned. */
export async function readScan(
  knex: Knex,
  repository: string,
): Promise<LineageScanRow | undefined> {
  return knex<LineageScanRow>('lineage_scans').where({ repository }).first();
}
