import { Knex } from 'knex';
import { databaseNow } from '../../../clock';
import { LineageScanRow } from './readScan';

/** Keeps what was found in a repository, in place of what was found before. */
export async function writeScan(
  knex: Knex,
  scan: Omit<LineageScanRow, 'scanned_at'>,
): Promise<void> {
  await knex<LineageScanRow>('lineage_scans')
    .insert({
      ...scan,
      scanned_at: databaseNow(knex) as unknown as number,
    })
    .onConflict('repository')
    .merge();
}
